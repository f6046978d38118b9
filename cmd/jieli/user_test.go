package main

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jieli/internal/domain"
	"jieli/internal/store"
)

// withProvince makes a database that knows one province.
func withProvince(t *testing.T) string {
	t.Helper()
	dsn := "sqlite:" + filepath.Join(t.TempDir(), "jieli.db")
	s, err := store.Open(t.Context(), store.Options{DSN: dsn})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	err = s.Write(t.Context(), func(tx *store.Tx) error {
		return store.InsertRegions(tx, []domain.Region{{
			ID: 1, Code: "430000000000", Level: domain.LevelProvince, Name: "湖南省", Initials: "hns", Pinyin: "hunansheng",
			ValidFrom: time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC),
		}})
	})
	if err != nil {
		t.Fatal(err)
	}
	return dsn
}

func TestUsersAreManagedAtTheMachine(t *testing.T) {
	dsn := withProvince(t)
	for _, step := range []struct {
		in   string
		args []string
		code int
		says string
	}{
		{"a long password\n", []string{"add", "--username", "hunan", "--name", "省驻村办", "--role", "province_office", "--region", "43"}, exitOK, "added the account hunan"},
		{"a long password\n", []string{"add", "--username", "hunan", "--name", "省驻村办", "--role", "province_office", "--region", "43"}, exitInput, "taken"},
		{"short\n", []string{"add", "--username", "other", "--name", "x", "--role", "province_office", "--region", "43"}, exitInput, "8 to 256"},
		{"", []string{"add", "--username", "other", "--name", "x", "--role", "province_office", "--region", "43"}, exitInput, "8 to 256"},
		{"a long password\n", []string{"add", "--username", "other", "--name", "x", "--role", "province_office", "--region", "hunan"}, exitInput, "division code"},
		{"a long password\n", []string{"add", "--username", "other", "--name", "x", "--role", "county_office", "--region", "43"}, exitInput, "level of the region"},
		{"", []string{"list"}, exitOK, "province_office   430000000000  active    省驻村办"},
		{"quite another one\r\n", []string{"passwd", "hunan"}, exitOK, "changed the password of hunan"},
		{"quite another one", []string{"passwd", "nobody"}, exitInput, "nobody"},
		{"", []string{"disable", "hunan"}, exitOK, "disabled the account hunan"},
		{"", []string{"list"}, exitOK, "disabled"},
		{"", []string{"disable"}, exitInput, "1 arg"},
		{"", []string{"add", "--password", "on the command line"}, exitInput, "--password"},
	} {
		code, out, told := jieli(t, step.in, append(append([]string{"user"}, step.args...), "--database", dsn)...)
		if code != step.code || !strings.Contains(out+told, step.says) {
			t.Errorf("%v: code %d, %q, %q", step.args, code, out, told)
		}
		if strings.Contains(out+told, "a long password") || strings.Contains(out+told, "quite another") {
			t.Errorf("%v: tells the password: %q %q", step.args, out, told)
		}
	}
}
