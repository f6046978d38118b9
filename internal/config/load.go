package config

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/spf13/pflag"
	"go.yaml.in/yaml/v3"

	"jieli/internal/domain"
)

const (
	envPrefix  = "JIELI_"
	configFlag = "config"
)

// envOther are variables of our prefix that are no settings of the server.
var envOther = []string{"JIELI_LANG", "JIELI_CONFIG"}

func upper(name string) string  { return strings.ToUpper(name) }
func dashed(name string) string { return strings.ReplaceAll(name, "_", "-") }

// Bind adds a flag for each of the named settings, or for all where none is named, and --config. Text puts a message
// key in words.
func Bind(flags *pflag.FlagSet, text func(key string) string, names ...string) {
	for _, f := range Fields() {
		if len(names) > 0 && !slices.Contains(names, f.Name) {
			continue
		}
		flag := flags.VarPF(&flagText{f.Default, f.toggle}, f.Flag(), "", fmt.Sprintf("%s (%s)", text(f.Help), f.Env()))
		if f.toggle {
			flag.NoOptDefVal = "true"
		}
	}
	flags.String(configFlag, "", fmt.Sprintf("%s (%sCONFIG)", text("config.config"), envPrefix))
}

// flagText holds a flag as it was written: Load checks it, like what comes from the other sources.
type flagText struct {
	text   string
	toggle bool
}

// Set keeps the text.
func (f *flagText) Set(text string) error { f.text = text; return nil }

// String gives the text.
func (f *flagText) String() string { return f.text }

// Type is what help shows behind the flag's name.
func (f *flagText) Type() string {
	if f.toggle {
		return "bool"
	}
	return "string"
}

// Load fills the settings from the file that --config or JIELI_CONFIG names, then from the environment, given as
// KEY=VALUE, then from the flags that Bind added; what comes later wins. Errors are KindInvalid: config.unknown_key,
// config.bad_value, config.bad_file.
func Load(flags *pflag.FlagSet, environ []string) (Settings, error) {
	s := Defaults()
	variables, err := ours(environ)
	if err != nil {
		return s, err
	}
	file := variables["JIELI_CONFIG"]
	if flags.Changed(configFlag) {
		file = flags.Lookup(configFlag).Value.String()
	}
	if file != "" {
		if err := s.fromFile(file); err != nil {
			return s, err
		}
	}
	for _, f := range Fields() {
		if value, ok := variables[f.Env()]; ok {
			if err := s.take(f, f.Env(), f.Env(), value); err != nil {
				return s, err
			}
		}
		if flags.Lookup(f.Flag()) != nil && flags.Changed(f.Flag()) {
			if err := s.take(f, "--"+f.Flag(), "--"+f.Flag(), flags.Lookup(f.Flag()).Value.String()); err != nil {
				return s, err
			}
		}
	}
	return s, nil
}

// ours picks the variables of our prefix; one that means nothing is an error, since it is a setting misspelt.
func ours(environ []string) (map[string]string, error) {
	variables := map[string]string{}
	for _, one := range environ {
		name, value, _ := strings.Cut(one, "=")
		if !strings.HasPrefix(name, envPrefix) {
			continue
		}
		known := slices.ContainsFunc(Fields(), func(f Field) bool { return f.Env() == name })
		if !known && !slices.Contains(envOther, name) {
			return nil, unknownKey("environment", name)
		}
		variables[name] = value
	}
	return variables, nil
}

// fromFile takes a flat YAML file of the fields' names.
func (s *Settings) fromFile(path string) error {
	text, err := os.ReadFile(path) //nolint:gosec // the administrator names the file
	if err != nil {
		return badFile(path, err)
	}
	var values yaml.Node
	if err := yaml.Unmarshal(text, &values); err != nil {
		return badFile(path, err)
	}
	if values.Kind == 0 { // an empty file sets nothing
		return nil
	}
	root := values.Content[0]
	if root.Kind != yaml.MappingNode {
		return badFile(path, errors.New("key: value expected"))
	}
	seen := map[string]bool{}
	for i := 0; i < len(root.Content); i += 2 {
		key, value := root.Content[i], root.Content[i+1]
		place := fmt.Sprintf("%s:%d", path, key.Line)
		if err := s.takeNamed(place, key.Value, value, seen); err != nil {
			return err
		}
	}
	return nil
}

func (s *Settings) takeNamed(place, name string, value *yaml.Node, seen map[string]bool) error {
	all := Fields()
	i := slices.IndexFunc(all, func(f Field) bool { return f.Name == name })
	if i < 0 {
		return unknownKey(place, name)
	}
	if seen[name] {
		return badFile(place, fmt.Errorf("%s stands there twice", name))
	}
	seen[name] = true
	if value.Kind != yaml.ScalarNode {
		return badValue(all[i], place, name, "")
	}
	return s.take(all[i], place, name, value.Value)
}

// take sets one field.
func (s *Settings) take(f Field, source, name, value string) error {
	if !f.set(s, value) {
		return badValue(f, source, name, value)
	}
	return nil
}

func unknownKey(source, name string) error {
	return &domain.Error{
		Kind: domain.KindInvalid, Key: "config.unknown_key", Field: name,
		Params: domain.Params{"source": source, "key": name},
	}
}

// badValue names what was expected by its message key, as the cause, so that it too is told in the reader's language.
func badValue(f Field, source, name, value string) error {
	if f.secret {
		value = "…"
	}
	return &domain.Error{
		Kind: domain.KindInvalid, Key: "config.bad_value", Field: name,
		Params: domain.Params{"source": source, "key": name, "value": value},
		Cause:  &domain.Error{Kind: domain.KindInvalid, Key: f.Expected},
	}
}

func badFile(path string, cause error) error {
	return &domain.Error{
		Kind: domain.KindInvalid, Key: "config.bad_file", Field: configFlag, Params: domain.Params{"file": path}, Cause: cause,
	}
}
