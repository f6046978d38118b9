package rulebook_test

import (
	"errors"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"jieli/internal/domain"
	"jieli/internal/ledger"
	"jieli/internal/policy"
	"jieli/internal/rulebook"
	"jieli/internal/store"
	"jieli/internal/store/storetest/pgtest"
)

var now = time.Date(2023, 4, 30, 16, 30, 0, 0, time.UTC) // 1 May in China

func TestMain(m *testing.M) { pgtest.Main(m) }

// onBoth runs a test on both databases.
func onBoth(t *testing.T, test func(t *testing.T, s rulebook.Service)) {
	for name, dsn := range map[string]func(t *testing.T) string{
		"sqlite":   func(t *testing.T) string { return "sqlite:" + filepath.Join(t.TempDir(), "jieli.db") },
		"postgres": func(t *testing.T) string { return pgtest.Database(t) },
	} {
		t.Run(name, func(t *testing.T) {
			s, err := store.Open(t.Context(), store.Options{DSN: dsn(t), Clock: func() time.Time { return now }})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = s.Close() })
			if err := s.Migrate(t.Context()); err != nil {
				t.Fatal(err)
			}
			test(t, rulebook.Service{Store: s})
		})
	}
}

func office(role domain.AccountRole, region domain.Code) domain.Account {
	return domain.Account{ID: "account " + string(region), Role: role, Region: region}
}

var (
	province = office(domain.RoleProvinceOffice, "430000000000")
	city     = office(domain.RoleCityOffice, "431200000000")
	county   = office(domain.RoleCountyOffice, "431222000000")
	other    = office(domain.RoleCountyOffice, "433124000000")
	township = office(domain.RoleTownshipOffice, "431222114000")
)

func draft(region domain.Code, from string, values map[string]domain.PolicyValue) domain.PolicyObject {
	return domain.PolicyObject{Region: region, Name: "办法", ValidFrom: from, Source: domain.PolicySource{Document: "办法"}, Values: values}
}

func refused(t *testing.T, what string, err error, key string) {
	t.Helper()
	var told *domain.Error
	if !errors.As(err, &told) || told.Key != key {
		t.Errorf("%s: %v, want %s", what, err, key)
	}
}

// enforced drafts and puts in force.
func enforced(t *testing.T, s rulebook.Service, actor domain.Account, o domain.PolicyObject) domain.PolicyObject {
	t.Helper()
	o, err := s.SaveDraft(t.Context(), actor, o)
	if err == nil {
		o, err = s.Enforce(t.Context(), actor, o.ID, o.Version)
	}
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func age(n int64) map[string]domain.PolicyValue {
	return map[string]domain.PolicyValue{"max_age": {Number: n}}
}

func TestTheLifeOfAPolicy(t *testing.T) {
	onBoth(t, func(t *testing.T, s rulebook.Service) {
		ctx := t.Context()
		first, err := s.SaveDraft(ctx, province, draft(province.Region, "2023-01-01", age(57)))
		if err != nil || first.Status != domain.PolicyDraft || first.Version != 1 || first.CreatedBy != province.ID {
			t.Fatalf("%+v, %v", first, err)
		}
		edited := first
		edited.Values, edited.Status = age(55), domain.PolicyInForce // the status is not the author's to say
		if edited, err = s.SaveDraft(ctx, province, edited); err != nil || edited.Version != 2 || edited.Status != domain.PolicyDraft {
			t.Fatalf("%+v, %v", edited, err)
		}
		_, err = s.SaveDraft(ctx, province, first)
		refused(t, "an old version", err, "policy.changed")
		inForce, err := s.Enforce(ctx, province, edited.ID, edited.Version)
		if err != nil || inForce.Status != domain.PolicyInForce || inForce.EnforcedBy != province.ID || !inForce.EnforcedAt.Equal(now) {
			t.Fatalf("%+v, %v", inForce, err)
		}
		_, err = s.SaveDraft(ctx, province, inForce)
		refused(t, "an edit of what is in force", err, "policy.not_draft")
		refused(t, "dropping what is in force", s.DropDraft(ctx, province, inForce.ID, inForce.Version), "policy.not_draft")

		second := enforced(t, s, province, draft(province.Region, "2023-06-01", age(50)))
		old, err := s.Object(ctx, province, inForce.ID)
		if err != nil || old.Status != domain.PolicyReplaced || old.ValidTo != "2023-06-01" || second.Replaces != old.ID || old.Values["max_age"].Number != 55 {
			t.Errorf("%+v, %v", old, err)
		}
		for day, want := range map[string]int64{"2022-12-31": 57, "": 55, "2023-05-31": 55, "2023-06-01": 50} {
			e, err := s.Effective(ctx, township, township.Region, day)
			if err != nil || e.Number("max_age") != want {
				t.Errorf("on %q: %d, %v", day, e.Number("max_age"), err)
			}
		}
		diff, err := s.Diff(ctx, county, old.ID, second.ID)
		if err != nil || len(diff.Keys) != 1 || diff.Keys[0].Turn != policy.TurnStricter {
			t.Errorf("%+v, %v", diff, err)
		}
		entriesOf(t, s, "policy.draft", "policy.edit", "policy.enforce", "policy.draft", "policy.replace", "policy.enforce")
	})
}

// entriesOf holds the actions in the ledger and its chain.
func entriesOf(t *testing.T, s rulebook.Service, want ...string) {
	t.Helper()
	err := s.Store.Read(t.Context(), func(tx *store.Tx) error {
		entries, err := store.LedgerFrom(tx, 1, 100)
		var actions []string
		for _, e := range entries {
			actions = append(actions, e.Action)
		}
		if !slices.Equal(actions, want) {
			t.Errorf("the ledger has %v", actions)
		}
		return err
	})
	if err == nil {
		_, err = ledger.Verify(t.Context(), s.Store)
	}
	if err != nil {
		t.Error(err)
	}
}

func TestALowerLevelMayOnlyBeStricter(t *testing.T) {
	onBoth(t, func(t *testing.T, s rulebook.Service) {
		ctx := t.Context()
		enforced(t, s, province, draft(province.Region, "2023-01-01", map[string]domain.PolicyValue{"max_age": {Number: 55}, "min_age": {Number: 25, Free: true},
			"clearance_bodies": {Items: []string{"police", "discipline"}}}))
		loose, err := s.SaveDraft(ctx, county, draft(county.Region, "2023-02-01", map[string]domain.PolicyValue{"max_age": {Number: 56}, "min_age": {Number: 20},
			"clearance_bodies": {Items: []string{"health"}}}))
		if err != nil {
			t.Fatal(err)
		}
		faults, err := s.Faults(ctx, county, loose.ID)
		var keys []string
		for _, f := range faults {
			var told *domain.Error
			if errors.As(f, &told) {
				keys = append(keys, told.Key+" "+told.Field)
			}
		}
		if err != nil || !slices.Equal(keys, []string{"policy.looser max_age", "policy.looser clearance_bodies"}) {
			t.Errorf("%v, %v", keys, err)
		}
		_, err = s.Enforce(ctx, county, loose.ID, loose.Version)
		refused(t, "a looser county", err, "policy.looser")
		loose.Values["max_age"], loose.Values["clearance_bodies"] = domain.PolicyValue{Number: 50}, domain.PolicyValue{Items: []string{"health", "police", "discipline"}}
		enforced(t, s, county, loose)
		e, err := s.Effective(ctx, county, county.Region, "2023-05-01")
		if err != nil || e.Number("max_age") != 50 || e.Number("min_age") != 20 || len(e.Items("clearance_bodies")) != 3 || len(e.Objects) != 2 {
			t.Errorf("%+v, %v", e.Objects, err)
		}
		if e, err = s.Effective(ctx, province, other.Region, "2023-05-01"); err != nil || e.Number("max_age") != 55 {
			t.Errorf("elsewhere: %d, %v", e.Number("max_age"), err)
		}
		// The province tightens later: the county's rule stays, and is told as overruled.
		enforced(t, s, province, draft(province.Region, "2023-03-01", age(45)))
		e, err = s.Effective(ctx, county, county.Region, "2023-05-01")
		if rule := e.Rule("max_age"); err != nil || rule.Value.Number != 45 || len(rule.Overruled) != 1 || rule.Overruled[0].Region != county.Region {
			t.Errorf("%+v, %v", rule, err)
		}
	})
}

func TestWhoMayDoWhatWhere(t *testing.T) {
	onBoth(t, func(t *testing.T, s rulebook.Service) {
		ctx := t.Context()
		upper := enforced(t, s, province, draft(province.Region, "2023-01-01", age(55)))
		own, err := s.SaveDraft(ctx, county, draft(county.Region, "2023-01-01", age(50)))
		if err != nil {
			t.Fatal(err)
		}
		for what, f := range map[string]func() error{
			"a draft above":         func() error { _, err := s.SaveDraft(ctx, county, draft(city.Region, "2023-01-01", nil)); return err },
			"a draft beside":        func() error { _, err := s.SaveDraft(ctx, county, draft(other.Region, "2023-01-01", nil)); return err },
			"no place":              func() error { _, err := s.SaveDraft(ctx, county, draft("", "2023-01-01", nil)); return err },
			"reading beside":        func() error { _, err := s.Object(ctx, other, own.ID); return err },
			"an edit beside":        func() error { _, err := s.SaveDraft(ctx, other, own); return err },
			"enforcing from beside": func() error { _, err := s.Enforce(ctx, other, own.ID, own.Version); return err },
			"enforcing above":       func() error { _, err := s.Enforce(ctx, county, upper.ID, upper.Version); return err },
			"dropping from beside":  func() error { return s.DropDraft(ctx, other, own.ID, own.Version) },
			"faults beside":         func() error { _, err := s.Faults(ctx, other, own.ID); return err },
			"a diff beside":         func() error { _, err := s.Diff(ctx, other, upper.ID, own.ID); return err },
			"nothing":               func() error { _, err := s.Object(ctx, province, "nothing"); return err },
			"effective beside":      func() error { _, err := s.Effective(ctx, other, county.Region, ""); return err },
			"effective nowhere":     func() error { _, err := s.Effective(ctx, province, "x", ""); return err },
		} {
			refused(t, what, f(), "policy.object_not_found")
		}
		_, err = s.SaveDraft(ctx, township, draft(township.Region, "2023-01-01", nil))
		refused(t, "a township's draft", err, "access.role_forbids")
		_, err = s.Objects(ctx, domain.Account{}, province.Region)
		refused(t, "somebody not signed in", err, "access.signed_out")
		_, err = s.SaveDraft(ctx, county, domain.PolicyObject{Region: county.Region})
		refused(t, "no name", err, "policy.no_name")
		for who, want := range map[string]int{"county": 2, "other": 1, "township": 2, "province": 2} {
			actor := map[string]domain.Account{"county": county, "other": other, "township": township, "province": province}[who]
			if seen, err := s.Objects(ctx, actor, province.Region); err != nil || len(seen) != want {
				t.Errorf("%s sees %d, %v", who, len(seen), err)
			}
		}
		_, err = s.Effective(ctx, county, county.Region, "5月1日")
		refused(t, "no day", err, "policy.bad_day")
		if err := s.DropDraft(ctx, county, own.ID, own.Version); err != nil {
			t.Error(err)
		}
		early, err := s.SaveDraft(ctx, province, draft(province.Region, "2023-01-01", nil))
		if err != nil {
			t.Fatal(err)
		}
		_, err = s.Enforce(ctx, province, early.ID, early.Version)
		refused(t, "before what is in force", err, "policy.before_current")
		if faults, err := s.Faults(ctx, province, upper.ID); err != nil || len(faults) > 0 {
			t.Errorf("of what is in force: %v, %v", faults, err)
		}
	})
}

func TestEverySampleCanBeImported(t *testing.T) {
	onBoth(t, func(t *testing.T, s rulebook.Service) {
		samples, err := s.Samples(t.Context(), county)
		if err != nil || len(samples) < 3 {
			t.Fatalf("%d, %v", len(samples), err)
		}
		for _, sample := range samples {
			o, err := s.ImportSample(t.Context(), county, sample.Name, county.Region)
			if err != nil || o.Status != domain.PolicyDraft || o.Sample != sample.Name || o.Region != county.Region {
				t.Errorf("%s: %+v, %v", sample.Name, o, err)
			}
			kept, err := s.Object(t.Context(), county, o.ID)
			if d := policy.Compare(o, kept); err != nil || len(d.Keys)+len(d.Shares) > 0 {
				t.Errorf("%s: %+v, %v", sample.Name, d, err)
			}
			if faults, err := s.Faults(t.Context(), county, o.ID); err != nil || len(faults) > 0 {
				t.Errorf("%s: %v, %v", sample.Name, faults, err)
			}
		}
		_, err = s.ImportSample(t.Context(), county, "nothing", county.Region)
		refused(t, "no sample", err, "policy.sample_not_found")
		_, err = s.Samples(t.Context(), domain.Account{})
		refused(t, "somebody not signed in", err, "access.signed_out")
	})
}
