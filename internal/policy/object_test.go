package policy_test

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jieli/internal/domain"
	"jieli/internal/i18n"
	"jieli/internal/policy"
)

func TestEveryFaultOfAnObjectIsFoundAndPlaced(t *testing.T) {
	good := object(chain[0], map[string]domain.PolicyValue{"max_age": {Number: 50}, "clearance_bodies": {Items: []string{"police"}}})
	if faults := policy.CheckObject(good); len(faults) > 0 {
		t.Fatal(faults)
	}
	for place, c := range map[string]struct {
		key   string
		spoil func(*domain.PolicyObject)
	}{
		"name":             {"policy.no_name", func(o *domain.PolicyObject) { o.Name = "" }},
		"region":           {"policy.bad_region", func(o *domain.PolicyObject) { o.Region = "431222101000" }},
		"source":           {"policy.no_source", func(o *domain.PolicyObject) { o.Source.Document = "" }},
		"valid_from":       {"policy.bad_date", func(o *domain.PolicyObject) { o.ValidFrom = "2023" }},
		"valid_to":         {"policy.ends_before", func(o *domain.PolicyObject) { o.ValidTo = o.ValidFrom }},
		"nothing":          {"policy.unknown_key", func(o *domain.PolicyObject) { o.Values["nothing"] = domain.PolicyValue{} }},
		"max_age":          {"policy.out_of_range", func(o *domain.PolicyObject) { o.Values["max_age"] = domain.PolicyValue{Number: 999} }},
		"clearance_bodies": {"policy.unknown_item", func(o *domain.PolicyObject) { o.Values["clearance_bodies"] = domain.PolicyValue{Items: []string{"us"}} }},
		"size_min_key":     {"policy.sizes_contradict", func(o *domain.PolicyObject) { o.Values["size_min_key"] = domain.PolicyValue{Number: 9} }},
		"shares.1":         {"policy.bad_share", func(o *domain.PolicyObject) { o.Shares = []domain.Share{{Level: "x"}} }},
	} {
		o := object(chain[0], map[string]domain.PolicyValue{"max_age": {Number: 50}})
		c.spoil(&o)
		faults := policy.CheckObject(o)
		var told *domain.Error
		if len(faults) != 1 || !errors.As(faults[0], &told) || told.Key != c.key || told.Field != place {
			t.Errorf("%s: %v", place, faults)
		}
	}
}

func TestDiffTellsWhichWayEachKeyWent(t *testing.T) {
	before := object(chain[0], map[string]domain.PolicyValue{"max_age": {Number: 57}, "max_terms": {Number: 2}, "s_young": {Number: 1},
		"clearance_bodies": {Items: []string{"police"}}, "min_age": {Number: 20}, "avoid_native": {Number: 1}})
	after := object(chain[0], map[string]domain.PolicyValue{"max_age": {Number: 50}, "max_terms": {Number: 3}, "s_young": {Number: 2},
		"clearance_bodies": {Items: []string{"police", "health"}}, "min_age": {Number: 20, Source: domain.PolicySource{Place: "第三条"}}, "avoid_native": {Number: 1}})
	before.Shares = []domain.Share{{Level: domain.UnitCity, Attribute: "rural", Percent: 20}}
	after.Shares = []domain.Share{{Level: domain.UnitCity, Attribute: "rural", Percent: 10}, {Level: domain.UnitProvince, Attribute: "rural", Percent: 10}}
	d := policy.Compare(before, after)
	want := map[string]policy.Turn{"max_age": policy.TurnStricter, "max_terms": policy.TurnLooser, "s_young": policy.TurnChanged,
		"clearance_bodies": policy.TurnStricter, "min_age": policy.TurnText}
	if len(d.Keys) != len(want) {
		t.Errorf("%+v", d.Keys)
	}
	for _, one := range d.Keys {
		if one.Turn != want[one.Name] {
			t.Errorf("%s: %s, want %s", one.Name, one.Turn, want[one.Name])
		}
	}
	if len(d.Shares) != 2 || d.Shares[0].Turn != policy.TurnLooser || d.Shares[1].Old != -1 || d.Shares[1].Turn != policy.TurnStricter {
		t.Errorf("%+v", d.Shares)
	}
}

// The diff turned round says the opposite, and no diff is left between equals.
func TestDiffTurnsRound(t *testing.T) {
	opposite := map[policy.Turn]policy.Turn{policy.TurnStricter: policy.TurnLooser, policy.TurnLooser: policy.TurnStricter,
		policy.TurnChanged: policy.TurnChanged, policy.TurnText: policy.TurnText}
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) domain.PolicyObject {
			values := map[string]domain.PolicyValue{}
			for _, k := range policy.RuleKeys() {
				if rapid.Bool().Draw(t, name+k.Name) {
					values[k.Name] = drawValue(t, k)
				}
			}
			return object(chain[0], values)
		}
		a, b := draw("a"), draw("b")
		there, back := policy.Compare(a, b), policy.Compare(b, a)
		if len(policy.Compare(a, a).Keys) != 0 || len(there.Keys) != len(back.Keys) {
			t.Fatalf("%d and %d", len(there.Keys), len(back.Keys))
		}
		for i := range there.Keys {
			if there.Keys[i].Name != back.Keys[i].Name || opposite[there.Keys[i].Turn] != back.Keys[i].Turn {
				t.Fatalf("%+v and %+v", there.Keys[i], back.Keys[i])
			}
		}
	})
}

func TestSamplesAreNamedSourcedAndDated(t *testing.T) {
	samples, err := policy.Samples()
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, s := range samples {
		names = append(names, s.Name)
		if s.Title == "" || s.Place == "" || s.Level.Digits() == 0 || !strings.Contains(s.Notice, "样例") || s.Object.Sample != s.Name || s.Object.Status != domain.PolicyDraft {
			t.Errorf("%+v", s)
		}
		for key, v := range s.Object.Values {
			if v.Source.Document == "" || v.Source.Date == "" || v.Source.Quote == "" {
				t.Errorf("%s: %s has no source", s.Name, key)
			}
		}
	}
	for _, wanted := range []string{"hunan-2021", "qinghai-2024", "yunnan-2021"} {
		if !slices.Contains(names, wanted) {
			t.Errorf("no sample %s", wanted)
		}
	}
}

func TestSampleThatSaysTooMuchIsRefused(t *testing.T) {
	for _, text := range []string{"", "title: x\nlaw: yes", "title: [", "title: x\nvalid_from: 2021-01-01\nsource: {document: y}\nvalues: {max_age: {number: 1}}"} {
		var known *domain.Error
		if _, err := policy.ReadSample("s", []byte(text)); !errors.As(err, &known) || known.Kind != domain.KindInvalid {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func FuzzReadSample(f *testing.F) {
	text, err := os.ReadFile("samples/hunan-2021.yaml")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text)
	f.Add([]byte("values: {clearance_bodies: {items: [police, police]}}"))
	f.Fuzz(func(t *testing.T, text []byte) {
		s, err := policy.ReadSample("s", text)
		if err != nil {
			return
		}
		s.Object.Region = "430000000000"
		if faults := policy.CheckObject(s.Object); len(faults) > 0 {
			t.Errorf("a sample with faults was read: %v", faults)
		}
	})
}

// Everything that a page shows of a key has words.
func TestEveryKeyHasWords(t *testing.T) {
	catalog, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for _, k := range policy.RuleKeys() {
		wanted := []string{k.Meaning, "policy.unit." + string(k.Unit), "policy.gate." + k.Gate, "policy.stricter." + string(k.Stricter)}
		for _, item := range k.Items {
			wanted = append(wanted, "policy.item."+item)
		}
		for _, key := range wanted {
			if text := catalog.Printer("zh").Text(key, nil); text == key {
				t.Errorf("no words for %s", key)
			}
		}
		if names[k.Name] || !k.IsList() && (k.Default < k.Min || k.Default > k.Max) || k.IsList() != (k.Stricter == policy.StricterMore) {
			t.Errorf("%+v", k)
		}
		names[k.Name] = true
		if found, ok := policy.LookupRule(k.Name); !ok || found.Name != k.Name {
			t.Errorf("%s is not found", k.Name)
		}
	}
	if _, ok := policy.LookupRule("nothing"); ok {
		t.Error("an unknown key was found")
	}
}
