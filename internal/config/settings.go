package config

import (
	"log/slog"
	"net"
	"strconv"
	"strings"
	"time"
)

// Settings are all that an administrator may set for the server. Fields lists them with their defaults.
type Settings struct {
	Database    string        // DSN: sqlite:PATH or postgres://…
	Keys        string        // file with the keys that seal personal data; see KeyFile
	Listen      string        // address to listen on, HOST:PORT
	Secure      bool          // callers speak TLS, through a proxy in front: session cookies are for TLS only
	BehindProxy bool          // the proxy in front writes X-Forwarded-For
	AllowDemo   bool          // listen beyond this machine although accounts with known passwords exist
	ClockShift  time.Duration // how far the clock runs ahead, for a demonstration
	LogLevel    slog.Level    // least level that is logged
	LogFormat   string        // "json" or "text"
	Drain       time.Duration // how long running requests may take to end when the server stops
}

// Field is one setting. Name is its key in the file; the environment variable and the flag are made from it. Help and
// Expected are message keys.
type Field struct {
	Name     string
	Default  string
	Help     string
	Expected string
	secret   bool // the value may hold a password and is never shown
	toggle   bool
	set      func(*Settings, string) bool
}

// Env is the name of the environment variable.
func (f Field) Env() string { return envPrefix + upper(f.Name) }

// Flag is the name of the flag, without the dashes.
func (f Field) Flag() string { return dashed(f.Name) }

const (
	maxDrain = 10 * time.Minute
	maxShift = 366 * 24 * time.Hour
)

// Fields are all settings.
func Fields() []Field {
	fields := []Field{
		{Name: "database", Default: "sqlite:jieli.db", secret: true, set: func(s *Settings, v string) bool {
			s.Database = v
			return v != ""
		}},
		{Name: "keys", Default: "", set: func(s *Settings, v string) bool {
			s.Keys = v
			return true
		}},
		{Name: "listen", Default: "127.0.0.1:8080", set: func(s *Settings, v string) bool {
			s.Listen = v
			return isAddress(v)
		}},
		{Name: "secure", Default: "false", toggle: true, set: func(s *Settings, v string) bool { return isBool(&s.Secure, v) }},
		{Name: "behind_proxy", Default: "false", toggle: true, set: func(s *Settings, v string) bool { return isBool(&s.BehindProxy, v) }},
		{Name: "allow_demo", Default: "false", toggle: true, set: func(s *Settings, v string) bool { return isBool(&s.AllowDemo, v) }},
		{Name: "demo_clock_shift", Default: "0s", set: func(s *Settings, v string) bool { return isSpan(&s.ClockShift, v, maxShift) }},
		{Name: "log_level", Default: "info", set: func(s *Settings, v string) bool { return s.LogLevel.UnmarshalText([]byte(v)) == nil }},
		{Name: "log_format", Default: "json", set: func(s *Settings, v string) bool {
			s.LogFormat = v
			return v == "json" || v == "text"
		}},
		{Name: "drain", Default: "15s", set: func(s *Settings, v string) bool { return isSpan(&s.Drain, v, maxDrain) }},
	}
	for i := range fields {
		fields[i].Help = "config." + fields[i].Name
		fields[i].Expected = "config.expected." + fields[i].Name
		if fields[i].toggle {
			fields[i].Expected = "config.expected.switch"
		}
	}
	return fields
}

// Defaults are the settings where nobody sets anything.
func Defaults() Settings {
	var s Settings
	for _, f := range Fields() {
		if !f.set(&s, f.Default) {
			panic("config: the default of " + f.Name + " makes no sense")
		}
	}
	return s
}

// KeyFile is where the keys lie: where it is set; otherwise beside a SQLite file, under its name and ".keys"; otherwise
// jieli.keys in the working folder.
func (s Settings) KeyFile() string {
	if s.Keys != "" {
		return s.Keys
	}
	if path, ok := strings.CutPrefix(s.Database, "sqlite:"); ok {
		return path + ".keys"
	}
	return "jieli.keys"
}

func isAddress(s string) bool {
	_, port, err := net.SplitHostPort(s)
	if err != nil {
		return false
	}
	n, err := strconv.Atoi(port)
	return err == nil && n >= 0 && n <= 65535
}

func isBool(to *bool, s string) bool {
	switch s {
	case "true":
		*to = true
	case "false":
		*to = false
	default:
		return false
	}
	return true
}

// isSpan takes a duration between nothing and most.
func isSpan(to *time.Duration, s string, most time.Duration) bool {
	var err error
	*to, err = time.ParseDuration(s)
	return err == nil && *to >= 0 && *to <= most
}
