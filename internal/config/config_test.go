package config_test

import (
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/spf13/pflag"

	"jieli/internal/config"
	"jieli/internal/domain"
	"jieli/internal/i18n"
)

// load runs Load as the command line does. File is the text of the settings file, none where empty.
func load(t *testing.T, file string, environ []string, args ...string) (config.Settings, error) {
	t.Helper()
	if file != "" {
		path := filepath.Join(t.TempDir(), "jieli.yaml")
		if err := os.WriteFile(path, []byte(file), 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, "--config", path)
	}
	flags := pflag.NewFlagSet("serve", pflag.ContinueOnError)
	config.Bind(flags, func(key string) string { return key })
	if err := flags.Parse(args); err != nil {
		t.Fatal(err)
	}
	return config.Load(flags, environ)
}

func TestNothingSetIsTheDefaults(t *testing.T) {
	got, err := load(t, "", []string{"PATH=/bin", "JIELI_LANG=en"})
	if err != nil {
		t.Fatal(err)
	}
	want := config.Settings{
		Database: "sqlite:jieli.db", Listen: "127.0.0.1:8080", LogLevel: slog.LevelInfo, LogFormat: "json", Drain: 15 * time.Second,
	}
	if got != want || got != config.Defaults() {
		t.Errorf("got %+v", got)
	}
}

func TestEverySettingCanBeSetFromEverySource(t *testing.T) {
	want := config.Settings{
		Database: "postgres://u:p@db/jieli", Keys: "/etc/jieli/keys", Listen: "0.0.0.0:9", Secure: true, BehindProxy: true, AllowDemo: true,
		ClockShift: 48 * time.Hour,
		LogLevel:   slog.LevelWarn, LogFormat: "text", Drain: 2 * time.Minute,
	}
	values := map[string]string{
		"database": "postgres://u:p@db/jieli", "keys": "/etc/jieli/keys", "listen": "0.0.0.0:9", "secure": "true", "behind_proxy": "true", "allow_demo": "true",
		"demo_clock_shift": "48h",
		"log_level":        "warn", "log_format": "text", "drain": "2m",
	}
	var file strings.Builder
	var environ, args []string
	for _, f := range config.Fields() {
		value, ok := values[f.Name]
		if !ok {
			t.Fatalf("the test does not know %s", f.Name)
		}
		file.WriteString(f.Name + ": " + value + "\n")
		environ = append(environ, f.Env()+"="+value)
		args = append(args, "--"+f.Flag()+"="+value)
	}
	for source, run := range map[string]func() (config.Settings, error){
		"file":        func() (config.Settings, error) { return load(t, file.String(), nil) },
		"environment": func() (config.Settings, error) { return load(t, "", environ) },
		"flags":       func() (config.Settings, error) { return load(t, "", nil, args...) },
	} {
		if got, err := run(); err != nil || got != want {
			t.Errorf("%s: %+v, %v", source, got, err)
		}
	}
}

func TestTheKeysLieBesideTheDatabaseUnlessSet(t *testing.T) {
	for want, s := range map[string]config.Settings{
		"jieli.db.keys":      config.Defaults(),
		"/var/x/a.db.keys":   {Database: "sqlite:/var/x/a.db"},
		"jieli.keys":         {Database: "postgres://u:p@db/jieli"},
		"/run/secrets/jieli": {Database: "sqlite:/var/x/a.db", Keys: "/run/secrets/jieli"},
	} {
		if got := s.KeyFile(); got != want {
			t.Errorf("%+v: %s, want %s", s, got, want)
		}
	}
}

func TestTheLaterSourceWins(t *testing.T) {
	file := "listen: 127.0.0.1:1\nlog_format: text\ndrain: 1s\n"
	got, err := load(t, file, []string{"JIELI_LISTEN=127.0.0.1:2", "JIELI_DRAIN=2s"}, "--listen", "127.0.0.1:3")
	if err != nil {
		t.Fatal(err)
	}
	if got.Listen != "127.0.0.1:3" || got.Drain != 2*time.Second || got.LogFormat != "text" {
		t.Errorf("got %+v", got)
	}
}

func TestASwitchNeedsNoValueOnTheCommandLine(t *testing.T) {
	got, err := load(t, "", nil, "--allow-demo")
	if err != nil || !got.AllowDemo {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestTheFileCanBeNamedInTheEnvironment(t *testing.T) {
	path := filepath.Join(t.TempDir(), "settings")
	if err := os.WriteFile(path, []byte("drain: 3s\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	got, err := load(t, "", []string{"JIELI_CONFIG=" + path})
	if err != nil || got.Drain != 3*time.Second {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestMistakesNameSourceKeyAndWhatWasExpected(t *testing.T) {
	catalog, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		file    string
		environ []string
		args    []string
		says    []string
	}{
		"unknown key in the file":        {file: "drain: 1s\nlisten_on: x\n", says: []string{"jieli.yaml:2", "listen_on"}},
		"unknown key in the environment": {environ: []string{"JIELI_LISTEM=x"}, says: []string{"environment", "JIELI_LISTEM"}},
		"bad number in the file":         {file: "listen: 8080\n", says: []string{"jieli.yaml:1", "listen", "8080", "HOST:PORT"}},
		"bad port":                       {environ: []string{"JIELI_LISTEN=127.0.0.1:65536"}, says: []string{"JIELI_LISTEN", "HOST:PORT"}},
		"bad switch":                     {args: []string{"--secure=yes"}, says: []string{"--secure", "yes", "true or false"}},
		"bad level":                      {environ: []string{"JIELI_LOG_LEVEL=loud"}, says: []string{"JIELI_LOG_LEVEL", "loud", "debug"}},
		"bad format":                     {args: []string{"--log-format", "xml"}, says: []string{"--log-format", "xml", "json or text"}},
		"endless drain":                  {file: "drain: 11m\n", says: []string{"drain", "11m", "10m"}},
		"a clock that runs behind":       {file: "demo_clock_shift: -1h\n", says: []string{"demo_clock_shift", "-1h", "8784h"}},
		"negative drain":                 {file: "drain: -1s\n", says: []string{"drain", "-1s"}},
		"a list for a value":             {file: "listen: [a, b]\n", says: []string{"jieli.yaml:1", "listen"}},
		"a key twice":                    {file: "drain: 1s\ndrain: 2s\n", says: []string{"drain"}},
		"no database":                    {args: []string{"--database", ""}, says: []string{"--database", "sqlite:PATH"}},
		"no settings in the file":        {file: "- a\n- b\n", says: []string{"jieli.yaml"}},
		"no YAML":                        {file: "drain: 'x\n", says: []string{"jieli.yaml"}},
		"no file":                        {environ: []string{"JIELI_CONFIG=/no/such/file"}, says: []string{"/no/such/file"}},
	} {
		_, err := load(t, c.file, c.environ, c.args...)
		var told *domain.Error
		if !errors.As(err, &told) || told.Kind != domain.KindInvalid {
			t.Errorf("%s: %v", name, err)
			continue
		}
		text := catalog.Printer("en").Error(err)
		for _, word := range c.says {
			if !strings.Contains(text, word) {
				t.Errorf("%s: %q does not say %q", name, text, word)
			}
		}
	}
}

func TestAPasswordInTheDatabaseIsNotToldBack(t *testing.T) {
	_, err := load(t, "database: [postgres://u:geheim@db/x]\n", nil)
	if err == nil || strings.Contains(err.Error(), "geheim") {
		t.Errorf("got %v", err)
	}
}

func TestEverySettingIsExplained(t *testing.T) {
	catalog, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, language := range []string{"zh", "en"} {
		for _, f := range config.Fields() {
			for _, key := range []string{f.Help, f.Expected} {
				if catalog.Printer(language).Text(key, nil) == key {
					t.Errorf("%s: no text for %s", language, key)
				}
			}
		}
	}
}

func TestBindCanBeLimited(t *testing.T) {
	flags := pflag.NewFlagSet("user", pflag.ContinueOnError)
	config.Bind(flags, func(key string) string { return key }, "database")
	var names []string
	flags.VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	if !slices.Equal(names, []string{"config", "database"}) {
		t.Errorf("flags %v", names)
	}
	got, err := config.Load(flags, []string{"JIELI_DATABASE=sqlite:x", "JIELI_LISTEN=127.0.0.1:7"})
	if err != nil || got.Database != "sqlite:x" || got.Listen != "127.0.0.1:7" {
		t.Errorf("got %+v, %v", got, err)
	}
}

func FuzzFile(f *testing.F) {
	f.Add("listen: 127.0.0.1:80\n")
	f.Add("drain: [1]\n")
	f.Add("a: &a {b: *a}\n")
	f.Add("\xff: \x00")
	f.Fuzz(func(t *testing.T, text string) {
		if strings.TrimSpace(text) == "" {
			return
		}
		s, err := load(t, text, nil)
		var told *domain.Error
		if err != nil && !errors.As(err, &told) {
			t.Fatalf("an error that cannot be told: %v", err)
		}
		if err == nil && (s.Listen == "" || s.Database == "" || s.Drain < 0) {
			t.Fatalf("accepted %+v", s)
		}
	})
}
