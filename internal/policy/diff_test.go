package policy_test

import (
	"errors"
	"slices"
	"testing"

	"jieli/internal/domain"
	"jieli/internal/policy"
)

// What one difference says, case by case; an object that does not set a key asks for the default.
func TestOneKeyCompared(t *testing.T) {
	number := func(n int64) *domain.PolicyValue { return &domain.PolicyValue{Number: n} }
	items := func(s ...string) *domain.PolicyValue { return &domain.PolicyValue{Items: s} }
	for what, c := range map[string]struct {
		key      string
		was, is  *domain.PolicyValue
		turn     policy.Turn
		old, new int64
	}{
		"stricter":                      {"max_age", number(57), number(50), policy.TurnStricter, 57, 50},
		"looser":                        {"max_age", number(50), number(57), policy.TurnLooser, 50, 57},
		"newly set, stricter":           {"max_age", nil, number(45), policy.TurnStricter, 57, 45},
		"no longer set":                 {"max_age", number(45), nil, policy.TurnLooser, 45, 57},
		"set to the default":            {"max_age", nil, number(57), policy.TurnText, 57, 57},
		"the same":                      {"max_age", number(50), number(50), "", 0, 0},
		"nobody says anything":          {"max_age", nil, nil, "", 0, 0},
		"a weight":                      {"s_party", number(100), number(200), policy.TurnChanged, 100, 200},
		"free where it was not":         {"max_age", number(50), &domain.PolicyValue{Number: 50, Free: true}, policy.TurnText, 50, 50},
		"another text":                  {"max_age", number(50), &domain.PolicyValue{Number: 50, Source: domain.PolicySource{Place: "第三条"}}, policy.TurnText, 50, 50},
		"a limit where there was none":  {"headcount", number(0), number(500), policy.TurnStricter, 0, 500},
		"no limit any more":             {"headcount", number(500), number(0), policy.TurnLooser, 500, 0},
		"one body more":                 {"clearance_bodies", items("police"), items("court", "police"), policy.TurnStricter, 0, 0},
		"one body fewer":                {"clearance_bodies", items("court", "police"), items("court"), policy.TurnLooser, 0, 0},
		"another body":                  {"clearance_bodies", items("court"), items("police"), policy.TurnChanged, 0, 0},
		"the default bodies and police": {"clearance_bodies", nil, items("discipline", "organisation", "police"), policy.TurnStricter, 0, 0},
		"the same bodies, told again":   {"clearance_bodies", items("police", "court"), items("court", "police"), "", 0, 0},
	} {
		side := func(id string, v *domain.PolicyValue) domain.PolicyObject {
			values := map[string]domain.PolicyValue{}
			if v != nil {
				values[c.key] = *v
			}
			return domain.PolicyObject{ID: id, Values: values}
		}
		d := policy.Compare(side("a", c.was), side("b", c.is))
		if d.Before != "a" || d.After != "b" || len(d.Keys) > 1 || len(d.Keys) == 1 != (c.turn != "") {
			t.Errorf("%s: %+v", what, d)
			continue
		}
		if len(d.Keys) == 0 {
			continue
		}
		one := d.Keys[0]
		if one.Name != c.key || one.Turn != c.turn || one.Old.Number != c.old || one.New.Number != c.new || one.OldSet != (c.was != nil) || one.NewSet != (c.is != nil) {
			t.Errorf("%s: %+v", what, one)
		}
	}
}

func TestSharesCompared(t *testing.T) {
	share := func(percent int64, skill string) domain.Share {
		return domain.Share{Level: domain.UnitProvince, Attribute: "rural", Skill: skill, Percent: percent}
	}
	difference := func(skill string, old, fresh int64, turn policy.Turn) policy.ShareDifference {
		return policy.ShareDifference{Level: domain.UnitProvince, Attribute: "rural", Skill: skill, Old: old, New: fresh, Turn: turn}
	}
	for what, c := range map[string]struct {
		before, after []domain.Share
		want          []policy.ShareDifference
	}{
		"higher":          {[]domain.Share{share(20, "")}, []domain.Share{share(30, "")}, []policy.ShareDifference{difference("", 20, 30, policy.TurnStricter)}},
		"lower":           {[]domain.Share{share(30, "")}, []domain.Share{share(20, "")}, []policy.ShareDifference{difference("", 30, 20, policy.TurnLooser)}},
		"the same":        {[]domain.Share{share(30, "")}, []domain.Share{share(30, "")}, nil},
		"gone":            {[]domain.Share{share(30, "")}, nil, []policy.ShareDifference{difference("", 30, -1, policy.TurnLooser)}},
		"new, of nothing": {nil, []domain.Share{share(0, "")}, []policy.ShareDifference{difference("", -1, 0, policy.TurnStricter)}},
		"another skill": {[]domain.Share{share(30, "farming")}, []domain.Share{share(30, "party")},
			[]policy.ShareDifference{difference("farming", 30, -1, policy.TurnLooser), difference("party", -1, 30, policy.TurnStricter)}},
	} {
		if got := policy.Compare(domain.PolicyObject{Shares: c.before}, domain.PolicyObject{Shares: c.after}).Shares; !slices.Equal(got, c.want) {
			t.Errorf("%s: %+v", what, got)
		}
	}
}

// Differences come in the order of the catalogue, whichever object has the key.
func TestDifferencesComeInTheCataloguesOrder(t *testing.T) {
	before := domain.PolicyObject{Values: map[string]domain.PolicyValue{"goal_women": {Number: 20}, "year": {Number: 2022}}}
	after := domain.PolicyObject{Values: map[string]domain.PolicyValue{"min_age": {Number: 25}, "term_years": {Number: 3}, "max_age": {Number: 50}}}
	var names []string
	for _, d := range policy.Compare(before, after).Keys {
		names = append(names, d.Name)
	}
	if want := []string{"year", "max_age", "min_age", "goal_women", "term_years"}; !slices.Equal(names, want) {
		t.Errorf("%v", names)
	}
}

func TestTidyMakesEqualObjectsLookEqual(t *testing.T) {
	given := domain.PolicyObject{Values: map[string]domain.PolicyValue{
		"clearance_bodies": {Number: 7, Items: []string{"police", "court", "police"}, Free: true}, "max_age": {Number: 50, Items: []string{"x"}}, "unknown": {Number: 1, Items: []string{"x"}}}}
	tidy := policy.Tidy(given)
	list, number, unknown := tidy.Values["clearance_bodies"], tidy.Values["max_age"], tidy.Values["unknown"]
	if list.Number != 0 || !slices.Equal(list.Items, []string{"court", "police"}) || !list.Free {
		t.Errorf("%+v", list)
	}
	if number.Number != 50 || number.Items != nil || unknown.Number != 1 || unknown.Items != nil {
		t.Errorf("%+v, %+v", number, unknown)
	}
	if kept := given.Values["clearance_bodies"]; kept.Number != 7 || len(kept.Items) != 3 {
		t.Errorf("the object given was changed: %+v", kept)
	}
}

// Bounds of every number, both of them allowed.
func TestTheRangeOfEveryKey(t *testing.T) {
	for _, k := range policy.RuleKeys() {
		if k.IsList() {
			continue
		}
		for n, want := range map[int64]bool{k.Min: true, k.Max: true, k.Min - 1: false, k.Max + 1: false} {
			o := object(chain[0], map[string]domain.PolicyValue{k.Name: {Number: n}})
			fits := !slices.ContainsFunc(policy.CheckObject(o), func(err error) bool { return keyOf(err) == "policy.out_of_range" })
			if fits != want {
				t.Errorf("%s of %d in %d..%d fits: %v", k.Name, n, k.Min, k.Max, fits)
			}
		}
	}
}

// keyOf is the message key of an error of the domain.
func keyOf(err error) string {
	var told *domain.Error
	if !errors.As(err, &told) {
		return ""
	}
	return told.Key
}
