package checks

import (
	"reflect"

	"jieli/internal/domain"
)

// Standing is what is left of the checks after people have judged: rules that bar the nominee, and rules that still need
// a person. With neither the nominee passes.
type Standing struct{ Failed, Open []string }

// Passes says whether nothing bars the nominee and nothing is open.
func (s Standing) Passes() bool { return len(s.Failed) == 0 && len(s.Open) == 0 }

// Settle puts people's words on what needed one. A fail stays a fail whatever anybody says; a word on a rule that passes
// or is no longer checked counts for nothing.
func Settle(checks []domain.Check, words []domain.Judgement) Standing {
	said := map[string]domain.Judgement{}
	for _, w := range words {
		said[w.Rule] = w
	}
	var s Standing
	for _, c := range checks {
		word, judged := said[c.Rule]
		switch {
		case c.Outcome == domain.CheckFail, c.Outcome == domain.CheckNeedsPerson && judged && !word.Pass:
			s.Failed = append(s.Failed, c.Rule)
		case c.Outcome == domain.CheckNeedsPerson && !judged:
			s.Open = append(s.Open, c.Rule)
		}
	}
	return s
}

// Changed are the rules on which the new checks say something else than the old ones did: words on those no longer hold.
func Changed(before, after []domain.Check) []string {
	was := map[string]domain.Check{}
	for _, c := range before {
		was[c.Rule] = c
	}
	var rules []string
	for _, c := range after {
		if old, known := was[c.Rule]; known && (old.Outcome != c.Outcome || old.Reason != c.Reason || !sameParams(old.Params, c.Params)) {
			rules = append(rules, c.Rule)
		}
	}
	return rules
}

// sameParams compares figures whether or not they have been through JSON, which knows one kind of number and of list.
func sameParams(a, b map[string]any) bool {
	if len(a) != len(b) {
		return false
	}
	for key, value := range a {
		if !reflect.DeepEqual(plain(value), plain(b[key])) {
			return false
		}
	}
	return true
}

func plain(value any) any {
	switch v := value.(type) {
	case int:
		return float64(v)
	case int64:
		return float64(v)
	case []string:
		all := make([]any, len(v))
		for i, s := range v {
			all[i] = s
		}
		return all
	}
	return value
}
