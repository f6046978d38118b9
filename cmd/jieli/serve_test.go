package main

import (
	"bytes"
	"context"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// jieli runs a command line in English and gives its exit code, standard output and standard error.
func jieli(t *testing.T, in string, args ...string) (int, string, string) {
	t.Helper()
	var out, errOut bytes.Buffer
	code := run(t.Context(), args, strings.NewReader(in), &out, &errOut, english)
	return code, out.String(), errOut.String()
}

func english(name string) string {
	if name == "JIELI_LANG" {
		return "en"
	}
	return ""
}

func TestServeTellsWhatIsWrongAndEndsWithACode(t *testing.T) {
	held, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer held.Close()
	dsn := "sqlite:" + filepath.Join(t.TempDir(), "jieli.db")
	for name, c := range map[string]struct {
		args []string
		code int
		says []string
	}{
		"occupied port":  {[]string{"--listen", held.Addr().String(), "--database", dsn}, exitFailed, []string{held.Addr().String(), "--listen"}},
		"missing folder": {[]string{"--database", "sqlite:/no/such/folder/x.db"}, exitFailed, []string{"/no/such/folder"}},
		"bad value":      {[]string{"--drain", "soon"}, exitInput, []string{"--drain", "soon", "15s"}},
		"unknown flag":   {[]string{"--lisen", "x"}, exitInput, []string{"--lisen"}},
		"missing file":   {[]string{"--config", "/no/such/file.yaml"}, exitInput, []string{"/no/such/file.yaml"}},
	} {
		code, out, told := jieli(t, "", append([]string{"serve"}, c.args...)...)
		if code != c.code || out != "" {
			t.Errorf("%s: code %d, out %q", name, code, out)
		}
		for _, word := range c.says {
			if !strings.Contains(told, word) {
				t.Errorf("%s: no %s in %q", name, word, told)
			}
		}
	}
}

func TestServeStopsWithoutAnErrorWhenTold(t *testing.T) {
	ctx, stop := context.WithTimeout(t.Context(), 2*time.Second) // stands for the signal
	defer stop()
	var out, errOut bytes.Buffer
	args := []string{"serve", "--listen", "127.0.0.1:0", "--database", "sqlite:" + filepath.Join(t.TempDir(), "jieli.db")}
	if code := run(ctx, args, strings.NewReader(""), &out, &errOut, english); code != exitOK {
		t.Errorf("code %d: %s", code, errOut.String())
	}
	if !strings.Contains(out.String(), "http://127.0.0.1:") {
		t.Errorf("told %q", out.String())
	}
}

func TestHelpListsEverySetting(t *testing.T) {
	code, out, _ := jieli(t, "", "serve", "--help")
	for _, word := range []string{"--database", "JIELI_DATABASE", "--behind-proxy ", "JIELI_BEHIND_PROXY", "127.0.0.1:8080", "--drain"} {
		if code != exitOK || !strings.Contains(out, word) {
			t.Errorf("no %s in %s", word, out)
		}
	}
}

func TestOpenAPIPrintsTheCommittedContract(t *testing.T) {
	want, err := os.ReadFile(filepath.Join("..", "..", "api", "openapi.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	if code, out, told := jieli(t, "", "openapi"); code != exitOK || out != string(want) || told != "" {
		t.Errorf("code %d, %d bytes, want %d; %s", code, len(out), len(want), told)
	}
}
