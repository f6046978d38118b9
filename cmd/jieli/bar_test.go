package main

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"jieli/internal/i18n"
)

func barEnv(t *testing.T) env {
	t.Helper()
	catalog, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	return env{text: catalog.Printer("en")}
}

func TestBarTellsEachStepOnALineOfItsOwn(t *testing.T) {
	e := barEnv(t)
	var out bytes.Buffer
	e.err = &out
	b := e.newBar()
	b.show("demo.step.regions", 0, 2)
	b.show("demo.step.units", 1, 2)
	b.end()
	if got := out.String(); got != "[░░] 1/2 writing divisions\n[█░] 2/2 writing sending units\n" {
		t.Errorf("told %q", got)
	}
}

func TestBarInAFileIsPlain(t *testing.T) {
	e := barEnv(t)
	file, err := os.CreateTemp(t.TempDir(), "log")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	e.err = file
	b := e.newBar()
	b.show("demo.step.regions", 0, 1)
	b.end()
	if text, _ := os.ReadFile(file.Name()); strings.Contains(string(text), "\x1b") || !strings.HasSuffix(string(text), "\n") {
		t.Errorf("told %q", text)
	}
}

func TestBarInATerminalStaysOnOneLine(t *testing.T) {
	e := barEnv(t)
	var out bytes.Buffer
	e.err = &out
	b := &bar{env: e, terminal: true}
	b.show("demo.step.regions", 0, 2)
	b.show("demo.step.units", 1, 2)
	b.end()
	if got := out.String(); strings.Contains(got, "\n") || strings.Count(got, "\r\x1b[K") != 3 || !strings.HasSuffix(got, "\r\x1b[K") {
		t.Errorf("told %q", got)
	}
}
