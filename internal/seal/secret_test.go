package seal_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"jieli/internal/seal"
)

const plain = "430102199001011234"

// person keeps a secret in every way that a struct can.
type person struct {
	Name   string
	ID     seal.Secret
	hidden seal.Secret
	More   []seal.Secret
	ByKey  map[string]*seal.Secret
	nested struct{ id any }
}

type paper struct{ ID seal.Secret }

func newPerson() person {
	s := seal.NewSecret(plain)
	p := person{Name: "李四", ID: s, hidden: s, More: []seal.Secret{s}, ByKey: map[string]*seal.Secret{"a": &s}}
	p.nested.id = s
	return p
}

func TestNothingThatPrintsTellsASecret(t *testing.T) {
	p := newPerson()
	var out bytes.Buffer
	for _, value := range []any{p, &p, p.ID, &p.ID, p.hidden, p.nested, p.More, p.ByKey, []any{p}, errors.Join(fmt.Errorf("bad %v", p.ID))} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%t", "%p", "%10.3s", "%T"} {
			fmt.Fprintf(&out, verb+"\n", value)
		}
		fmt.Fprintln(&out, value)
	}
	silent(t, "fmt", out.String())
}

func TestNothingThatLogsTellsASecret(t *testing.T) {
	p := newPerson()
	var out bytes.Buffer
	for _, handler := range []slog.Handler{slog.NewTextHandler(&out, nil), slog.NewJSONHandler(&out, nil)} {
		log := slog.New(handler).With("id", p.ID, "person", p)
		log.WithGroup("g").Error("refused", "id", p.ID, "at", &p.ID, "person", &p, "all", p.More, "error", fmt.Errorf("x %w", errors.New(p.ID.String())))
	}
	silent(t, "slog", out.String())
	if strings.Count(out.String(), "•••") < 4 {
		t.Errorf("the log hides what it should show: %s", out.String())
	}
}

func TestNothingThatMarshalsTellsASecret(t *testing.T) {
	p := newPerson()
	asJSON, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	asXML, err := xml.Marshal(paper{p.ID})
	if err != nil {
		t.Fatal(err)
	}
	asYAML, err := yaml.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	asKey, err := json.Marshal(map[seal.Secret]int{p.ID: 1})
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string][]byte{"json": asJSON, "xml": asXML, "yaml": asYAML, "json key": asKey} {
		silent(t, name, string(text))
		if !bytes.Contains(text, []byte("•••")) {
			t.Errorf("%s: %s", name, text)
		}
	}
}

func silent(t *testing.T, who, text string) {
	t.Helper()
	for _, form := range []string{plain, fmt.Sprintf("%x", plain), fmt.Sprintf("%X", plain), plain[:6], fmt.Sprintf("%d", []byte(plain))} {
		if strings.Contains(text, form) {
			t.Errorf("%s tells %s in %s", who, form, text)
		}
	}
}

func TestRevealIsTheOnlyWay(t *testing.T) {
	var none seal.Secret
	s := seal.NewSecret(plain)
	if s.Reveal() != plain || none.Reveal() != "" || s.Empty() || !none.Empty() {
		t.Error("a secret is not kept as it is")
	}
	if !s.Equal(seal.NewSecret(plain)) || s.Equal(none) || !none.Equal(seal.NewSecret("")) {
		t.Error("secrets compare wrongly")
	}
}
