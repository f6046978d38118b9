package policy_test

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"jieli/internal/policy"
)

// row is what docs/policy.md says of a key: its default, its range and which way is stricter, where the table tells.
type row struct{ fallback, span, stricter string }

var tableRow = regexp.MustCompile("(?m)^\\| `([a-z0-9_]+)` \\| ([^|]+) \\| ([^|]+) \\| ?([^|]*)\\|")

// documented are the rows of all tables of the document, by key.
func documented(t *testing.T) (string, map[string]row) {
	t.Helper()
	text, err := os.ReadFile("../../docs/policy.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string]row{}
	for _, m := range tableRow.FindAllStringSubmatch(string(text), -1) {
		if _, twice := rows[m[1]]; twice {
			t.Errorf("%s stands twice in the document", m[1])
		}
		rows[m[1]] = row{strings.TrimSpace(m[2]), strings.TrimSpace(m[3]), strings.TrimSpace(m[4])}
	}
	return string(text), rows
}

func TestTheDocumentNamesEveryKeyAsItIs(t *testing.T) {
	_, rows := documented(t)
	words := map[policy.Direction]string{policy.StricterHigher: "higher", policy.StricterLower: "lower", policy.StricterMore: "more items", policy.Unordered: "–"}
	for _, k := range policy.RuleKeys() {
		said, found := rows[k.Name]
		if !found {
			t.Errorf("the document does not know %s", k.Name)
			continue
		}
		delete(rows, k.Name)
		fallback, span := fmt.Sprint(k.Default), fmt.Sprintf("%d..%d", k.Min, k.Max)
		if k.IsList() {
			span = "list"
			if fallback = strings.Join(k.DefaultItems, ", "); fallback == "" {
				fallback = "none"
			}
		}
		if said.fallback != fallback || said.span != span {
			t.Errorf("%s is %s in %s, the document has %s in %s", k.Name, fallback, span, said.fallback, said.span)
		}
		if k.Gate != policy.GateDispatch && said.stricter != words[k.Stricter] {
			t.Errorf("%s is stricter %s, the document has %s", k.Name, k.Stricter, said.stricter)
		}
	}
	for name := range rows {
		t.Errorf("the document knows %s, the catalogue does not", name)
	}
}

func TestTheDocumentNamesEveryItemOfAList(t *testing.T) {
	text, _ := documented(t)
	lists := 0
	for _, k := range policy.RuleKeys() {
		if !k.IsList() {
			continue
		}
		lists++
		_, after, found := strings.Cut(text, "`"+k.Name+"`: ")
		line, _, _ := strings.Cut(after, ".")
		if items := strings.Split(strings.ReplaceAll(line, "\n", " "), ", "); !found || !slices.Equal(items, k.Items) {
			t.Errorf("%s may hold %v, the document has %v", k.Name, k.Items, items)
		}
	}
	if lists != 3 {
		t.Errorf("%d lists", lists)
	}
}

func TestTheDocumentNamesTheSampleThatNobodyChecked(t *testing.T) {
	text, _ := documented(t)
	samples, err := policy.Samples()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range samples {
		unchecked := strings.Contains(s.Notice, "未与原文核对")
		if told := strings.Contains(text, "`"+s.Name+"` is from general knowledge and not checked"); told != unchecked {
			t.Errorf("%s: notice %q, told in the document: %v", s.Name, s.Notice, told)
		}
	}
}

// What the document says of the whole: gates in order, weights unordered, and "apart from fitness and publication the
// default is that there is no rule".
func TestWithoutAPolicyThereIsHardlyARule(t *testing.T) {
	e := policy.Merge("430000000000", "2023-05-01", nil)
	if e.Basis() != "" || len(e.Rules) != len(policy.RuleKeys()) || len(e.Shares) != 0 {
		t.Fatalf("%q, %d rules, %v", e.Basis(), len(e.Rules), e.Shares)
	}
	set := map[string]bool{"min_age": true, "health_fit": true, "clearance_bodies": true, "publicity_days": true, "publicity_working_days": true, "reserve_percent": true}
	for _, r := range e.Rules {
		switch {
		case r.By != "" || len(r.Overruled) > 0:
			t.Errorf("%s is said by %q", r.Name, r.By)
		case r.Gate != policy.GateSelection || strings.HasPrefix(r.Name, "s_") || set[r.Name]:
		case r.Value.Number != 0 || len(r.Value.Items) != 0:
			t.Errorf("%s asks for %+v though nobody said so", r.Name, r.Value)
		}
		if weight := strings.HasPrefix(r.Name, "w_") || strings.HasPrefix(r.Name, "s_") || strings.HasPrefix(r.Name, "penalty_"); weight && r.Stricter != policy.Unordered {
			t.Errorf("%s is a weight, and stricter %s", r.Name, r.Stricter)
		}
	}
}

func TestGatesComeOneAfterTheOther(t *testing.T) {
	var gates []string
	for _, k := range policy.RuleKeys() {
		gates = append(gates, k.Gate)
	}
	if got := slices.Compact(gates); !slices.Equal(got, []string{policy.GateDispatch, policy.GateSelection, policy.GateManagement}) {
		t.Errorf("%v", got)
	}
}
