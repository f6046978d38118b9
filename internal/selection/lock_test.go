package selection_test

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"path/filepath"
	"testing"

	"pgregory.net/rapid"

	"jieli/internal/domain"
	"jieli/internal/registry/catalogue"
	"jieli/internal/selection"
	"jieli/internal/store"
)

// fate is all that can go wrong with a nominee on the list.
type fate struct {
	old, unfit, left                  bool
	judged, cleared, objected, upheld bool
}

func drawFate(t *rapid.T, name string) fate {
	rare := func(what string) bool { return rapid.IntRange(0, 11).Draw(t, name+what) == 0 }
	return fate{old: rare("old"), unfit: rare("unfit"), left: rare("left"), judged: !rare("judged"), cleared: !rare("cleared"), objected: rare("objected"), upheld: rare("upheld")}
}

func (f fate) fit() bool {
	return !f.old && !f.unfit && !f.left && f.judged && f.cleared && !f.objected && !f.upheld
}

// Whatever stands in the tables, however it came there, nobody who is unfit comes through the lock, and everybody else does.
func TestNobodyUnfitCanBeLocked(t *testing.T) {
	h := newHouse(t, "sqlite:"+filepath.Join(t.TempDir(), "jieli.db"))
	h.on("2023-06-20")
	number := 0
	rapid.Check(t, func(t *rapid.T) {
		number++
		id := fmt.Sprint("round ", number)
		fates := map[string]fate{}
		allFit := true
		for i := range rapid.IntRange(1, 4).Draw(t, "nominees") {
			f := drawFate(t, fmt.Sprint(i))
			fates[fmt.Sprintf("N%d-%d", number, i)] = f
			allFit = allFit && f.fit()
		}
		h.write(t, func(tx *store.Tx) error { return plant(tx, id, fates) })
		_, err := h.Lock(t.Context(), province, id, 1, selection.Permit{})
		var told *domain.Error
		if allFit != (err == nil) || err != nil && (!errors.As(err, &told) || told.Key != "selection.unfit") {
			t.Fatalf("%+v: %v", fates, err)
		}
		h.write(t, func(tx *store.Tx) error {
			in, err := store.RoundInput(tx, id)
			if want := map[bool]int{true: len(fates)}[allFit]; len(in.Candidates) != want {
				t.Fatalf("%d candidates, want %d", len(in.Candidates), want)
			}
			return err
		})
	})
}

// plant puts a selection into the tables in which all are chosen and published, past every check.
func plant(tx *store.Tx, id string, fates map[string]fate) error {
	steps := []error{
		store.EnsurePolicy(tx, domain.PolicyVersion{ID: "43-p1", Name: "办法", Region: "430000000000", Source: "x", ValidFrom: "2023-01-01"}),
		store.InsertRound(tx, domain.RoundInput{Round: domain.Round{ID: id, Name: id, FromYear: 2023, ToYear: 2025, Status: domain.RoundPlanning, Specialities: skills, Policy: "43-p1"}}),
		store.InsertSelection(tx, domain.Selection{Round: id, Region: "430000000000", Policy: "43-p1", Day: "2023-05-01", Status: domain.SelectionOpen, Calendar: calendarOf2023, Version: 1}),
	}
	list := ""
	var cadres []string
	for i := range len(fates) {
		for cadre, f := range fates { // in the order of the ids
			if cadre[len(cadre)-1] == byte('0'+i) {
				cadres = append(cadres, cadre)
				list += cadre + ",UK,true\n"
				steps = append(steps, plantNominee(tx, id, cadre, f))
			}
		}
	}
	sum := sha256.Sum256([]byte(list))
	steps = append(steps, store.InsertPublicity(tx, domain.Publicity{Round: id, Number: 1, From: "2023-06-01", To: "2023-06-09", Cadres: cadres, ListHash: hex.EncodeToString(sum[:])}))
	return errors.Join(steps...)
}

func plantNominee(tx *store.Tx, id, cadre string, f fate) error {
	values := map[string]string{}
	for _, edit := range []struct {
		wanted     bool
		key, value string
	}{{f.old, "birth_year", "1960"}, {f.unfit, "health", "unfit"}, {f.left, "valid_to", "2023-01-01"}} {
		if edit.wanted {
			values[edit.key] = edit.value
		}
	}
	passed := []domain.Check{{Rule: "judge.style", Outcome: domain.CheckNeedsPerson, Reason: "check.judgement", Params: map[string]any{"item": "style"}}}
	steps := []error{
		store.PutRecords(tx, catalogue.Cadre, []catalogue.Record{cadreRecord(cadre, "UK", values)}),
		store.InsertNominations(tx, []domain.Nomination{{Round: id, Cadre: cadre, Unit: "UK", Home: home, Leader: true, Outcome: domain.OutcomeChosen, Version: 1, Checks: passed}}),
	}
	if f.judged {
		steps = append(steps, store.PutJudgement(tx, domain.Judgement{Round: id, Cadre: cadre, Rule: "judge.style", Pass: true, Reason: "好"}))
	}
	bodies := map[string]domain.ClearanceOutcome{"organisation": domain.ClearanceClear, "discipline": domain.ClearancePending}
	if f.cleared {
		bodies["discipline"] = domain.ClearanceClear
	}
	for body, outcome := range bodies {
		steps = append(steps, store.InsertClearance(tx, domain.Clearance{Round: id, Cadre: cadre, Body: body, Outcome: outcome, Version: 1}))
	}
	for status, wanted := range map[domain.ObjectionStatus]bool{domain.ObjectionOpen: f.objected, domain.ObjectionUpheld: f.upheld, domain.ObjectionDismissed: true} {
		if wanted {
			steps = append(steps, store.InsertObjection(tx, domain.Objection{ID: id + cadre + string(status), Round: id, Cadre: cadre, Text: "x", Status: status, Version: 1}))
		}
	}
	return errors.Join(steps...)
}
