package dispatch_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"jieli/internal/demo"
	"jieli/internal/demo/divisions"
	"jieli/internal/dispatch"
	"jieli/internal/dispatch/folder"
	"jieli/internal/dispatch/problem"
	"jieli/internal/domain"
	"jieli/internal/seal"
	"jieli/internal/store"
)

func ring(b *testing.B) *seal.Ring {
	b.Helper()
	r, err := seal.NewRing(seal.SM, time.Now())
	if err != nil {
		b.Fatal(err)
	}
	return r
}

// inForce is the demo's round in force, a province with ten thousand teams, kept in a new database as a plan that can be
// mended and explained.
func inForce(b *testing.B) (*store.Store, *problem.Problem, problem.Plan) {
	b.Helper()
	examples, err := divisions.Read(os.DirFS("../../examples/hunan"))
	if err != nil {
		b.Fatal(err)
	}
	data, err := demo.Draw(examples, 1, func(plain string, _ []byte) string { return plain })
	if err != nil {
		b.Fatal(err)
	}
	p, faults := problem.FromRound(data.Rounds[0])
	if len(faults) > 0 {
		b.Fatal(faults)
	}
	plan := problem.Plan{Prices: p.NoPrices(), Tight: p.NoPrices()}
	for _, t := range data.Recorded {
		team := problem.Team{ID: t.ID}
		team.Unit, _ = p.UnitAt(t.Unit)
		for _, code := range t.Villages {
			v, _ := p.VillageAt(code)
			team.Villages = append(team.Villages, v)
		}
		for _, id := range t.Members {
			c, _ := p.CadreAt(id)
			team.Members = append(team.Members, c)
		}
		plan.Teams = append(plan.Teams, team)
	}
	s, err := store.Open(b.Context(), store.Options{DSN: "sqlite:" + filepath.Join(b.TempDir(), "jieli.db")})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = s.Close() })
	if err := s.Migrate(b.Context()); err != nil {
		b.Fatal(err)
	}
	if err := demo.Load(b.Context(), s, ring(b), data, func(string, int, int) {}); err != nil {
		b.Fatal(err)
	}
	keepSolved(b, s, p, plan)
	return s, p, plan
}

// keepSolved keeps the plan as "start".
func keepSolved(b *testing.B, s *store.Store, p *problem.Problem, plan problem.Plan) {
	b.Helper()
	found := p.Found(&problem.PlanFolder{Plan: plan})
	files, err := p.PlanFiles(found, problem.PlainWords)
	if err != nil {
		b.Fatal(err)
	}
	detail := p.Solved(found)
	detail.ID, detail.Round, detail.Policy, detail.CreatedBy = "start", demo.RoundInForce, demo.PolicyBefore, "system"
	for i := range detail.Teams {
		detail.Teams[i].Plan = detail.ID
	}
	if detail.Problem, err = folder.Archive(p.Files()); err != nil {
		b.Fatal(err)
	}
	if detail.Certificate, err = folder.Archive(files); err != nil {
		b.Fatal(err)
	}
	if err := s.Write(b.Context(), func(tx *store.Tx) error { return store.InsertPlan(tx, detail) }); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkProvince measures what the running server does with a province's plan: loading it once, mending it after one
// withdrawal, keeping the draft, and explaining a team.
func BenchmarkProvince(b *testing.B) {
	s, p, plan := inForce(b)
	team := plan.Teams[len(plan.Teams)/2]
	village := p.Villages[team.Villages[0]].Code
	warm := dispatch.NewWarm(s, 1<<30)
	replan := func(b *testing.B, w *dispatch.Warm, gone problem.Withdrawal, preview bool) {
		b.Helper()
		if _, err := w.Replan(b.Context(), "system", "start", gone, dispatch.ReplanSettings{Preview: preview}); err != nil {
			b.Fatal(err)
		}
	}
	explain := func(b *testing.B, w *dispatch.Warm, q dispatch.Question) {
		b.Helper()
		q.Plan = "start"
		if _, err := w.Explain(b.Context(), whole, q); err != nil {
			b.Fatal(err)
		}
	}
	oneCadre := problem.Withdrawal{Cadres: []string{p.Cadres[team.Members[0]].ID}}
	b.Run("load and mend", func(b *testing.B) {
		for b.Loop() {
			replan(b, dispatch.NewWarm(s, 0), oneCadre, true)
		}
	})
	for name, gone := range map[string]problem.Withdrawal{
		"mend without a candidate": oneCadre,
		"mend without a unit":      {Units: []string{p.Units[team.Unit].ID}},
		"mend without a village":   {Villages: []domain.Code{village}},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				replan(b, warm, gone, true)
			}
		})
	}
	b.Run("mend and keep", func(b *testing.B) {
		for b.Loop() {
			replan(b, warm, oneCadre, false)
		}
	})
	for name, q := range map[string]dispatch.Question{
		"explain the plan": {}, "explain a team": {Village: village}, "explain a wish": {Village: village, Cadre: p.Cadres[0].ID},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				explain(b, warm, q)
			}
		})
	}
}
