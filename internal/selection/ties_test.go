package selection_test

import (
	"slices"
	"testing"

	"jieli/internal/domain"
	"jieli/internal/selection"
	"jieli/internal/store"
)

// Whatever kind the tie is of, whichever side declared it, it keeps the account behind which one of them stands from deciding.
func TestEveryKindOfTieBars(t *testing.T) {
	h := onSQLite(t)
	h.upTo(t, "2023-05-20")
	judge := func(cadre string) error {
		return h.Judge(t.Context(), here, round, cadre, "judge.style", selection.Verdict{Pass: true, Reason: "好"}, selection.Permit{})
	}
	behind := func(cadre string) {
		must(t, h.Link(t.Context(), province, domain.AccountLink{Account: here.ID, Cadre: cadre}))
	}
	for _, kind := range []string{domain.RelationSpouse, domain.RelationKin, domain.RelationInLaw, domain.RelationInterest} {
		for _, pair := range [][2]string{{"K5", "K0"}, {"K0", "K5"}} {
			must(t, h.Declare(t.Context(), province, domain.Relation{Cadre: pair[0], Relative: pair[1], Kind: kind}))
			must(t, judge("K0")) // nobody is known to be behind the account
			behind("K5")
			refused(t, kind+" of "+pair[0], judge("K0"), "selection.relatives_case")
			must(t, judge("K1"))
			behind("K1")
			must(t, judge("K0"))
			refused(t, "oneself", judge("K1"), "selection.own_case")
			behind("")
			must(t, judge("K1"))
			must(t, h.Undeclare(t.Context(), province, "K0", "K5"))
		}
	}
}

// A tie to somebody on the list keeps from the lock, and one to somebody in reserve does not.
func TestARelativeOnTheListKeepsFromTheLock(t *testing.T) {
	h := onSQLite(t)
	h.upTo(t, "2023-06-13")
	must(t, h.Store.Write(t.Context(), link(province.ID, "P7")))
	must(t, h.Declare(t.Context(), here, domain.Relation{Cadre: "K0", Relative: "P7", Kind: domain.RelationKin}))
	must(t, h.Declare(t.Context(), here, domain.Relation{Cadre: "K3", Relative: "P7", Kind: domain.RelationInLaw}))
	lock := func() error { return err2(h.Lock(t.Context(), province, round, 1, selection.Permit{})) }
	refused(t, "with a relative on the list", lock(), "selection.relatives_case")
	refused(t, "taking the own tie back", h.Undeclare(t.Context(), province, "K3", "P7"), "selection.own_case")
	must(t, h.Undeclare(t.Context(), here, "P7", "K3"))
	must(t, lock())
}

// Recording an objection to oneself decides nothing: it has to be possible for the one person at the counter.
func TestRecordingAnObjectionIsNoDecision(t *testing.T) {
	h := onSQLite(t)
	h.upTo(t, "2023-06-06")
	must(t, h.Store.Write(t.Context(), link(here.ID, "K3")))
	_, err := h.Object(t.Context(), here, domain.Objection{Round: round, Cadre: "K3", Day: "2023-06-06", Text: "反映"}, selection.Permit{})
	must(t, err)
}

// Every change of ties and links stands in the ledger by ids, never by the kind of tie.
func TestTiesAndLinksInTheLedger(t *testing.T) {
	onBoth(t, func(t *testing.T, h *gateHouse) {
		must(t, h.Declare(t.Context(), here, domain.Relation{Cadre: "O1", Relative: "K0", Kind: domain.RelationSpouse}))
		must(t, h.Undeclare(t.Context(), there, "K0", "O1"))
		must(t, h.Link(t.Context(), province, domain.AccountLink{Account: here.ID, Cadre: "K5"}))
		var told []string
		for _, e := range h.entries(t) {
			told = append(told, e.Action+" "+e.Subject+" "+e.Actor+" "+string(e.Region)+e.Detail)
		}
		want := []string{"relation.declare relation/K0/O1 here 431222000000{}", "relation.undeclare relation/K0/O1 there 433124000000{}", "account.link account/here province 431222000000{}"}
		if !slices.Equal(told, want) {
			t.Errorf("%q", told)
		}
	})
}

// Spouses: both are asked about while both are nominated; the word on one is not one on the other.
func TestSpousesAreAskedAboutOnBothSides(t *testing.T) {
	h := onSQLite(t)
	h.upTo(t, "2023-05-13")
	must(t, h.Declare(t.Context(), province, domain.Relation{Cadre: "P0", Relative: "K0", Kind: domain.RelationSpouse}))
	must(t, h.Declare(t.Context(), province, domain.Relation{Cadre: "K1", Relative: "K2", Kind: domain.RelationKin}))
	must(t, h.Declare(t.Context(), province, domain.Relation{Cadre: "K3", Relative: "O7", Kind: domain.RelationSpouse}))
	check := func() {
		t.Helper()
		got[selection.CheckSummary](t)(h.RunChecks(t.Context(), province, round, nil, selection.Permit{}))
	}
	asked := func() (cadres []string) {
		for _, cadre := range listed {
			if slices.Contains(keysOf(h.nominee(t, cadre)), "needs_person spouses_apart") {
				cadres = append(cadres, cadre)
			}
		}
		return cadres
	}
	check()
	if got := asked(); !slices.Equal(got, []string{"K0", "P0"}) {
		t.Errorf("%v are asked about", got)
	}
	must(t, h.Judge(t.Context(), province, round, "K0", "spouses_apart", selection.Verdict{Pass: true, Reason: "子女已成年"}, selection.Permit{}))
	check()
	if got := asked(); !slices.Equal(got, []string{"P0"}) {
		t.Errorf("after a word on one: %v", got)
	}
	_, err := h.Withdraw(t.Context(), province, round, "K0", h.nominee(t, "K0").Version, "照顾家庭", selection.Permit{})
	must(t, err)
	check()
	if got := asked(); len(got) != 0 {
		t.Errorf("after one left: %v", got)
	}
}

// Rules below the selection's level: stricter ones hold for units at home there, looser ones and later ones do not.
func TestWhichLocalRulesHold(t *testing.T) {
	put := func(id string, region domain.Code, from string, status domain.PolicyStatus, age int64) func(*store.Tx) error {
		return func(tx *store.Tx) error {
			return store.InsertPolicyObject(tx, domain.PolicyObject{ID: id, Region: region, Name: id, Status: status, Version: 1, ValidFrom: from,
				Source: domain.PolicySource{Document: id}, Values: map[string]domain.PolicyValue{"max_age": {Number: age, Source: domain.PolicySource{Document: id}}}})
		}
	}
	for what, c := range map[string]struct {
		local  func(*store.Tx) error
		by     string
		failed bool
	}{
		"stricter in the county":   {put("c1", home, "2023-02-01", domain.PolicyInForce, 30), "c1", true},
		"stricter in the city":     {put("c2", "431200000000", "2023-02-01", domain.PolicyInForce, 30), "c2", true},
		"from the selection's day": {put("c3", home, "2023-05-01", domain.PolicyInForce, 30), "c3", true},
		"a day later":              {put("c4", home, "2023-05-02", domain.PolicyInForce, 30), "43-p1", false},
		"only a draft":             {put("c5", home, "2023-02-01", domain.PolicyDraft, 30), "43-p1", false},
		"looser":                   {put("c6", home, "2023-02-01", domain.PolicyInForce, 60), "43-p1", false},
		"of a county beside":       {put("c7", away, "2023-02-01", domain.PolicyInForce, 30), "43-p1", false},
	} {
		t.Run(what, func(t *testing.T) {
			h := onSQLite(t)
			h.write(t, c.local)
			h.upTo(t, "2023-05-13")
			d := h.nominee(t, "K0")
			i := slices.IndexFunc(d.Checks, func(c domain.Check) bool { return c.Rule == "max_age" })
			if one := d.Checks[i]; one.Policy != c.by || one.Outcome == domain.CheckFail != c.failed || one.Source.Document == "" {
				t.Errorf("%+v", one)
			}
			if over := got[selection.Overview](t)(h.Overview(t.Context(), province, round)); over.Rules.Number("max_age") != 55 || over.Policy != "43-p1" {
				t.Errorf("the selection's own basis is %s, %d", over.Policy, over.Rules.Number("max_age"))
			}
		})
	}
}

// An upper office's later policy does not change a selection that is open: its basis stays the one of its day.
func TestTheBasisStays(t *testing.T) {
	onBoth(t, func(t *testing.T, h *gateHouse) {
		h.upTo(t, "2023-05-13")
		h.write(t, func(tx *store.Tx) error {
			old := provincePolicy()
			old.Status, old.ValidTo, old.Version = domain.PolicyReplaced, "2023-05-10", 2
			if err := store.UpdatePolicyObject(tx, old); err != nil {
				return err
			}
			o := provincePolicy()
			o.ID, o.ValidFrom, o.Values = "43-p2", "2023-05-10", map[string]domain.PolicyValue{"max_age": {Number: 20}}
			return store.InsertPolicyObject(tx, o)
		})
		sum := got[selection.CheckSummary](t)(h.RunChecks(t.Context(), province, round, nil, selection.Permit{}))
		if d := h.nominee(t, "K0"); sum.Failed != 0 || d.Checks[0].Policy != "43-p1" || len(d.Standing.Failed) != 0 {
			t.Errorf("%+v, %+v", sum, d.Checks[0])
		}
	})
}

// Each body that the policy names has to clear, others need not.
func TestWhichBodiesHaveToClear(t *testing.T) {
	h := onSQLite(t)
	h.amend(t, map[string]domain.PolicyValue{"clearance_bodies": {Items: []string{"court", "health"}}})
	h.upTo(t, "2023-05-20")
	d := h.nominee(t, "K0")
	if keys := keysOf(d); !slices.Equal(d.Bodies, []string{"court", "health"}) || !slices.Equal(keys, []string{"needs_person judge.style", "not_cleared court", "not_cleared health"}) {
		t.Errorf("%v, %q", d.Bodies, keys)
	}
	for _, body := range []string{"court", "organisation", "health"} {
		c := got[domain.Clearance](t)(h.Clear(t.Context(), here, domain.Clearance{Round: round, Cadre: "K0", Body: body, Outcome: domain.ClearanceClear, FileNumber: "函" + body}, selection.Permit{}))
		if c.By != here.ID || !c.At.Equal(h.clock) || c.Version != 1 {
			t.Errorf("%+v", c)
		}
	}
	if d := h.nominee(t, "K0"); !slices.Equal(keysOf(d), []string{"needs_person judge.style"}) || len(d.Clearances) != 3 || d.Clearances[0].FileNumber == "" {
		t.Errorf("%q, %+v", keysOf(d), d.Clearances)
	}
}
