package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"jieli/internal/seal"
)

func TestKeysCommand(t *testing.T) {
	dir := t.TempDir()
	dsn, file := "sqlite:"+filepath.Join(dir, "jieli.db"), filepath.Join(dir, "jieli.db.keys")
	if code, _, errs := on(t, nil, "migrate", "--database", dsn); code != exitOK {
		t.Fatal(errs)
	}
	if code, _, errs := on(t, nil, "keys", "list", "--database", dsn); code != exitInput || !strings.Contains(errs, file) {
		t.Errorf("list before there is a file: exit %d: %s", code, errs)
	}
	for _, c := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"rotate"}, exitOK, `^     1  sm4-sm3        \d{4}-\S+Z\n\*    2  sm4-sm3        \S+\n.*restart`}, // the first is made on the way
		{[]string{"rotate", "--suite", "aes256-sha256"}, exitOK, `(?m)^\*    3  aes256-sha256  \S+$`},
		{[]string{"rotate", "--suite", "rot13"}, exitInput, `no suite "rot13"; sm4-sm3 and aes256-sha256`},
		{[]string{"list"}, exitOK, `(?m)^     2  sm4-sm3`},
		{[]string{"list", "--keys", filepath.Join(dir, "none")}, exitInput, "does not exist"},
		{[]string{"rotate", "--keys", filepath.Join(dir, "none")}, exitInput, "was used with keys"},
		{[]string{"rotate", "--drain", "1s"}, exitInput, "--drain"},
		{[]string{"list", "more"}, exitInput, "more"},
	} {
		code, out, errs := on(t, nil, append(append([]string{"keys"}, c.args...), "--database", dsn)...)
		if code != c.code || !regexp.MustCompile(c.says).MatchString(out+errs) {
			t.Errorf("%v: exit %d: %s%s", c.args, code, out, errs)
		}
	}
	if ring, err := seal.Load(file); err != nil || len(ring.Keys()) != 3 {
		t.Errorf("%v, %v", ring, err)
	}
	if code, out, errs := on(t, map[string]string{"JIELI_KEYS": file}, "keys", "list"); code != exitOK || strings.Count(out, "\n") != 3 {
		t.Errorf("the file of the environment: exit %d: %s%s", code, out, errs)
	}
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	_, out, _ := on(t, nil, "keys", "list", "--keys", file)
	for _, secret := range regexp.MustCompile(`"secret": "([^"]+)"`).FindAllStringSubmatch(string(content), -1) {
		if strings.Contains(out, secret[1]) {
			t.Errorf("list tells a secret: %s", out)
		}
	}
}
