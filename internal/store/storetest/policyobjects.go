package storetest

import (
	"testing"

	"pgregory.net/rapid"

	"jieli/internal/domain"
	"jieli/internal/store"
)

func drawPolicyObject(id string, region domain.Code, status domain.PolicyStatus, from, to string) domain.PolicyObject {
	return domain.PolicyObject{ID: id, Region: region, Name: "办法" + id, Status: status, Version: 1, ValidFrom: from, ValidTo: to,
		Source: domain.PolicySource{Document: "办法", Number: "〔2023〕1号", Quote: "100%_'\"?"},
		Values: map[string]domain.PolicyValue{"max_age": {Number: 55, Source: domain.PolicySource{Place: "第三条"}},
			"clearance_bodies": {Items: []string{"discipline", "police"}, Free: true}},
		Shares: []domain.Share{{Level: domain.UnitProvince, Attribute: "under40", Percent: 44}}, Replaces: "old", Sample: "hunan-2021",
		CreatedBy: "a1", CreatedAt: Day}
}

var policyRegions = []domain.Code{"430000000000", "430100000000", "430121000000", "430122000000", "430200000000"}

func policyObjects(t *testing.T, open func(t *testing.T) *store.Store) {
	s := open(t)
	kept := drawPolicyObject("p", "430121000000", domain.PolicyDraft, "2023-01-01", "")
	bare := domain.PolicyObject{ID: "bare", Region: "430122000000", Name: "空", Status: domain.PolicyDraft, Version: 1}
	write(t, s, func(tx *store.Tx) error {
		if err := store.InsertPolicyObject(tx, bare); err != nil {
			return err
		}
		return store.InsertPolicyObject(tx, kept)
	})
	read(t, s, func(tx *store.Tx) error {
		got, err := store.PolicyObjectByID(tx, "p")
		equal(t, "object", got, kept)
		empty, second := store.PolicyObjectByID(tx, "bare")
		equal(t, "bare object", len(empty.Values)+len(empty.Shares), 0)
		refusedBy(t, "an unknown object", domain.KindNotFound, "policy.object_not_found", func() error { _, err := store.PolicyObjectByID(tx, "x"); return err })
		return firstError(err, second)
	})
	policyObjectChanges(t, s, kept)
	t.Run("who binds whom", func(t *testing.T) { policyObjectsByPlace(t, open) })
}

func policyObjectChanges(t *testing.T, s *store.Store, kept domain.PolicyObject) {
	changed := kept
	changed.Name, changed.Version, changed.Status, changed.EnforcedBy, changed.EnforcedAt = "新", 2, domain.PolicyInForce, "a2", Day
	write(t, s, func(tx *store.Tx) error { return store.UpdatePolicyObject(tx, changed) })
	read(t, s, func(tx *store.Tx) error {
		got, err := store.PolicyObjectByID(tx, "p")
		equal(t, "changed object", got, changed)
		inForce, found, second := store.PolicyObjectInForce(tx, "430121000000")
		equal(t, "in force", []any{inForce, found}, []any{changed, true})
		_, found, third := store.PolicyObjectInForce(tx, "430122000000")
		equal(t, "a draft is in force", found, false)
		return firstError(err, second, third)
	})
	for what, f := range map[string]func(tx *store.Tx) error{
		"an old version":        func(tx *store.Tx) error { return store.UpdatePolicyObject(tx, changed) },
		"what is in force":      func(tx *store.Tx) error { return store.DeletePolicyDraft(tx, "p", 2) },
		"a draft that changed":  func(tx *store.Tx) error { return store.DeletePolicyDraft(tx, "bare", 7) },
		"what was never a rule": func(tx *store.Tx) error { return store.DeletePolicyDraft(tx, "x", 1) },
	} {
		refused(t, what, s.Write(t.Context(), f), domain.KindConflict, "policy.changed")
	}
	refused(t, "twice", s.Write(t.Context(), func(tx *store.Tx) error { return store.InsertPolicyObject(tx, kept) }), domain.KindConflict, "store.duplicate")
	twin := drawPolicyObject("twin", kept.Region, domain.PolicyInForce, kept.ValidFrom, "")
	refused(t, "two from one day", s.Write(t.Context(), func(tx *store.Tx) error { return store.InsertPolicyObject(tx, twin) }), domain.KindConflict, "store.duplicate")
	write(t, s, func(tx *store.Tx) error { return store.DeletePolicyDraft(tx, "bare", 1) })
	version := domain.PolicyVersion{ID: "p", Name: "办法", Region: kept.Region, Source: "x", ValidFrom: "2023-01-01", Values: map[string]int64{"max_age": 55}}
	write(t, s, func(tx *store.Tx) error {
		return firstError(store.EnsurePolicy(tx, version), store.EnsurePolicy(tx, version))
	})
}

// policyObjectsByPlace holds what binds a place on a day, and what lies around it, against a plain reading of the rules.
func policyObjectsByPlace(t *testing.T, open func(t *testing.T) *store.Store) {
	s := open(t)
	days := []string{"2021-01-01", "2022-01-01", "2023-01-01", "2024-01-01"}
	var kept []domain.PolicyObject
	for i, region := range policyRegions {
		kept = append(kept,
			drawPolicyObject(string(region)+"a", region, domain.PolicyReplaced, days[0], days[2]),
			drawPolicyObject(string(region)+"b", region, domain.PolicyInForce, days[2], []string{"", days[3]}[i%2]),
			drawPolicyObject(string(region)+"c", region, domain.PolicyDraft, days[0], ""))
	}
	write(t, s, func(tx *store.Tx) error {
		for _, o := range kept {
			if err := store.InsertPolicyObject(tx, o); err != nil {
				return err
			}
		}
		return nil
	})
	check(t, s, func(t *rapid.T, tx *store.Tx) {
		region := rapid.SampledFrom(append(policyRegions, "430121101201", "440000000000", "x")).Draw(t, "region")
		day := rapid.SampledFrom([]string{"2020-12-31", days[0], "2022-06-30", "2022-12-31", days[2], days[3], "2030-01-01"}).Draw(t, "day")
		binding, around := 0, 0
		for _, o := range kept {
			if region == "x" {
				break
			}
			above := o.Region.Scope().Holds(region)
			if above && o.HoldsOn(day) {
				binding++
			}
			if above || region.Scope().Holds(o.Region) {
				around++
			}
		}
		got, err := store.PolicyObjectsFor(tx, region, day)
		near, second := store.PolicyObjectsAround(tx, region)
		if err = firstError(err, second); err != nil {
			t.Fatal(err)
		}
		equal(t, "how many bind", len(got), binding)
		equal(t, "how many lie around", len(near), around)
		for i, o := range got {
			if !o.HoldsOn(day) || !o.Region.Scope().Holds(region) || i > 0 && got[i-1].Region.Scope() == o.Region.Scope() {
				t.Errorf("%s binds %s on %s", o.ID, region, day)
			}
		}
	})
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func refusedBy(t tester, what string, kind domain.Kind, key string, f func() error) {
	t.Helper()
	refused(t, what, f(), kind, key)
}
