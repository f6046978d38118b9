package rulebook_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"jieli/internal/domain"
	"jieli/internal/policy"
	"jieli/internal/rulebook"
	"jieli/internal/store"
)

// onSQLite is a rulebook on the database that comes with the product.
func onSQLite(t *testing.T) rulebook.Service {
	t.Helper()
	s, err := store.Open(t.Context(), store.Options{DSN: "sqlite:" + filepath.Join(t.TempDir(), "jieli.db"), Clock: func() time.Time { return now }})
	if err == nil {
		t.Cleanup(func() { _ = s.Close() })
		err = s.Migrate(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
	return rulebook.Service{Store: s}
}

// ageOn is the greatest age that holds in the place on the day.
func ageOn(t *testing.T, s rulebook.Service, place domain.Account, day string) int64 {
	t.Helper()
	e, err := s.Effective(t.Context(), place, place.Region, day)
	if err != nil {
		t.Fatal(err)
	}
	return e.Number("max_age")
}

// Days are half-open: each object holds from its first day to the first day of the one that replaces it.
func TestOneObjectAfterTheOther(t *testing.T) {
	onBoth(t, func(t *testing.T, s rulebook.Service) {
		var ids []string
		for _, o := range []struct {
			from string
			age  int64
		}{{"2023-01-01", 56}, {"2023-03-01", 54}, {"2024-01-01", 52}} {
			ids = append(ids, enforced(t, s, province, draft(province.Region, o.from, age(o.age))).ID)
		}
		for day, want := range map[string]int64{"2022-12-31": 57, "2023-01-01": 56, "2023-02-28": 56, "2023-03-01": 54, "2023-12-31": 54, "2024-01-01": 52, "2030-01-01": 52} {
			if got := ageOn(t, s, county, day); got != want {
				t.Errorf("on %s %d holds, want %d", day, got, want)
			}
		}
		for i, id := range ids {
			o, err := s.Object(t.Context(), county, id)
			last := i == len(ids)-1
			if err != nil || (o.Status == domain.PolicyInForce) != last || (o.ValidTo == "") != last || i > 0 && o.Replaces != ids[i-1] {
				t.Errorf("%+v, %v", o, err)
			}
		}
		objects, err := s.Objects(t.Context(), county, county.Region)
		if err != nil || len(objects) != 3 || objects[0].ID != ids[2] || objects[2].ID != ids[0] {
			t.Errorf("the newest is not first: %+v, %v", objects, err)
		}
	})
}

// An object that ends by itself leaves the defaults behind it, and the next one may begin later.
func TestAnObjectWithAnEnd(t *testing.T) {
	s := onSQLite(t)
	o := draft(province.Region, "2023-01-01", age(50))
	o.ValidTo = "2023-04-01"
	enforced(t, s, province, o)
	enforced(t, s, province, draft(province.Region, "2023-06-01", age(45)))
	for day, want := range map[string]int64{"2023-03-31": 50, "2023-04-01": 57, "2023-05-31": 57, "2023-06-01": 45} {
		if got := ageOn(t, s, county, day); got != want {
			t.Errorf("on %s %d holds, want %d", day, got, want)
		}
	}
	objects, err := s.Objects(t.Context(), province, province.Region)
	if err != nil || objects[1].ValidTo != "2023-04-01" {
		t.Errorf("the earlier end moved: %+v, %v", objects, err)
	}
}

// A draft may be held against what binds it on its own first day, not on today's.
func TestADraftIsHeldAgainstItsOwnFirstDay(t *testing.T) {
	s := onSQLite(t)
	enforced(t, s, province, draft(province.Region, "2023-01-01", age(50)))
	enforced(t, s, province, draft(province.Region, "2024-01-01", age(55)))
	for from, want := range map[string]int{"2023-06-01": 1, "2024-06-01": 0, "2022-06-01": 0} {
		o, err := s.SaveDraft(t.Context(), county, draft(county.Region, from, age(53)))
		if err != nil {
			t.Fatal(err)
		}
		faults, err := s.Faults(t.Context(), county, o.ID)
		if err != nil || len(faults) != want {
			t.Errorf("from %s: %v, %v", from, faults, err)
		}
		if want > 0 {
			refused(t, from, faults[0], "policy.looser")
		}
	}
}

// Three levels: each binds all below it, whatever lies between; a level may declare a key free for those below.
func TestThreeLevels(t *testing.T) {
	onBoth(t, func(t *testing.T, s rulebook.Service) {
		top := enforced(t, s, province, draft(province.Region, "2023-01-01", map[string]domain.PolicyValue{"max_age": {Number: 55}, "min_rural_years": {Number: 1, Free: true}}))
		middle := enforced(t, s, city, draft(city.Region, "2023-01-01", map[string]domain.PolicyValue{"max_age": {Number: 52}}))
		for n, key := range map[int64]string{53: "policy.looser", 60: "policy.looser", 52: "", 40: ""} {
			o, err := s.SaveDraft(t.Context(), county, draft(county.Region, "2023-02-01", age(n)))
			if err != nil {
				t.Fatal(err)
			}
			faults, err := s.Faults(t.Context(), county, o.ID)
			if err != nil || len(faults) > 0 != (key != "") {
				t.Errorf("%d: %v, %v", n, faults, err)
			}
			if err := s.DropDraft(t.Context(), county, o.ID, o.Version); err != nil {
				t.Error(err)
			}
		}
		low := enforced(t, s, county, draft(county.Region, "2023-02-01", map[string]domain.PolicyValue{"min_rural_years": {Number: 0}, "max_age": {Number: 48}}))
		e, err := s.Effective(t.Context(), county, county.Region, "2023-02-01")
		if err != nil || e.Basis() != strings.Join([]string{top.ID, middle.ID, low.ID}, "+") || e.Number("max_age") != 48 || e.Number("min_rural_years") != 0 {
			t.Errorf("%s: %d, %v", e.Basis(), e.Number("max_age"), err)
		}
		for _, place := range []struct {
			who  domain.Account
			want int64
		}{{province, 55}, {city, 52}, {other, 55}, {township, 48}} {
			if got := ageOn(t, s, place.who, "2023-03-01"); got != place.want {
				t.Errorf("%s has %d, want %d", place.who.ID, got, place.want)
			}
		}
	})
}

// Sizes that only contradict each other across the levels are refused too: nobody could meet both.
func TestSizesThatContradictAcrossTheLevels(t *testing.T) {
	size := func(key string, n int64) map[string]domain.PolicyValue {
		return map[string]domain.PolicyValue{key: {Number: n}}
	}
	for what, c := range map[string]struct {
		above, below map[string]domain.PolicyValue
		want         []string
	}{
		"least above greatest":      {size("size_min_key", 5), size("size_max_key", 4), []string{"policy.sizes_contradict"}},
		"least and greatest meet":   {size("size_min_key", 4), size("size_max_key", 4), nil},
		"of another kind":           {size("size_min_key", 5), size("size_max_weak", 3), nil},
		"a contradiction of itself": {size("size_min_key", 4), size("size_max_key", 2), []string{"policy.sizes_contradict"}},
	} {
		t.Run(what, func(t *testing.T) {
			s := onSQLite(t)
			enforced(t, s, province, draft(province.Region, "2023-01-01", c.above))
			o, err := s.SaveDraft(t.Context(), county, draft(county.Region, "2023-02-01", c.below))
			if err != nil {
				t.Fatal(err)
			}
			faults, err := s.Faults(t.Context(), county, o.ID)
			if err != nil || len(faults) != len(c.want) {
				t.Fatalf("%v, %v", faults, err)
			}
			_, err = s.Enforce(t.Context(), county, o.ID, o.Version)
			if len(c.want) == 0 && err != nil {
				t.Error(err)
			}
			for i, key := range c.want {
				refused(t, what, faults[i], key)
				refused(t, what+", enforced", err, key)
			}
		})
	}
}

// The ledger keeps of each change what it was, of what, from when, and the digest of what was put in force.
func TestWhatTheLedgerKeepsOfAPolicy(t *testing.T) {
	onBoth(t, func(t *testing.T, s rulebook.Service) {
		o, err := s.SaveDraft(t.Context(), province, draft(province.Region, "2023-06-01", age(55)))
		if err != nil {
			t.Fatal(err)
		}
		o.Values = map[string]domain.PolicyValue{"max_age": {Number: 54}, "min_age": {Number: 20}}
		if o, err = s.SaveDraft(t.Context(), province, o); err == nil {
			_, err = s.Enforce(t.Context(), province, o.ID, o.Version)
		}
		if err != nil {
			t.Fatal(err)
		}
		var details []string
		err = s.Store.Read(t.Context(), func(tx *store.Tx) error {
			entries, err := store.LedgerFrom(tx, 1, 10)
			for _, e := range entries {
				details = append(details, e.Detail)
				if e.Subject != "policy/"+o.ID || e.Policy != o.ID || e.Actor != province.ID || e.Region != province.Region {
					t.Errorf("%+v", e)
				}
			}
			return err
		})
		if err != nil || len(details) != 3 {
			t.Fatalf("%q, %v", details, err)
		}
		for i, wanted := range []string{`"version":1`, `"keys":["max_age","min_age"]`, `"sha256":"`} {
			if !strings.Contains(details[i], wanted) || !strings.Contains(details[i], `"valid_from":"2023-06-01"`) {
				t.Errorf("%s lacks %s", details[i], wanted)
			}
		}
	})
}

// What is refused leaves no trace: no object, no entry, and the one in force as it was.
func TestWhatIsRefusedLeavesNothing(t *testing.T) {
	s := onSQLite(t)
	enforced(t, s, province, draft(province.Region, "2023-01-01", age(50)))
	current := enforced(t, s, county, draft(county.Region, "2023-02-01", age(45)))
	loose, err := s.SaveDraft(t.Context(), county, draft(county.Region, "2023-03-01", age(52)))
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.Enforce(t.Context(), county, loose.ID, loose.Version)
	refused(t, "a looser one", err, "policy.looser")
	_, err = s.Enforce(t.Context(), county, loose.ID, loose.Version+1)
	refused(t, "another version", err, "policy.changed")
	refused(t, "dropping another version", s.DropDraft(t.Context(), county, loose.ID, 9), "policy.changed")
	kept, err := s.Object(t.Context(), county, current.ID)
	if d := policy.Compare(current, kept); err != nil || kept.Status != domain.PolicyInForce || kept.ValidTo != "" || len(d.Keys) > 0 || kept.Version != current.Version {
		t.Errorf("%+v, %v", kept, err)
	}
	still, err := s.Object(t.Context(), county, loose.ID)
	if err != nil || still.Status != domain.PolicyDraft || still.Version != 1 {
		t.Errorf("%+v, %v", still, err)
	}
	entriesOf(t, s, slices.Concat(slices.Repeat([]string{"policy.draft", "policy.enforce"}, 2), []string{"policy.draft"})...)
}
