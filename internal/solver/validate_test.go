package solver_test

import (
	"context"
	"math/rand/v2"
	"testing"

	"jieli/internal/solver"
)

func TestValidateNamesEveryFault(t *testing.T) {
	for name, spoil := range map[string]func(p *solver.Problem){
		"no worth":            func(p *solver.Problem) { p.Worth = nil },
		"limit below zero":    func(p *solver.Problem) { p.ItemLimit = -1 },
		"site penalty":        func(p *solver.Problem) { p.Sites[0].Penalty = -1 },
		"site penalty large":  func(p *solver.Problem) { p.Sites[0].Penalty = 1 << 50 },
		"quota penalty":       func(p *solver.Problem) { p.Quotas[0].Penalty = -2 },
		"agent min":           func(p *solver.Problem) { p.Agents[0].Min = -1 },
		"agent max":           func(p *solver.Problem) { p.Agents[0].Max = 1 << 40 },
		"agent penalty":       func(p *solver.Problem) { p.Agents[0].ShortPenalty = -1 },
		"pool index":          func(p *solver.Problem) { p.Agents[0].Pool[0] = 1 << 20 },
		"item in two pools":   func(p *solver.Problem) { p.Agents[1].Pool[0] = p.Agents[0].Pool[0] },
		"agent quota":         func(p *solver.Problem) { p.Agents[0].Quotas = []int32{7} },
		"agent quota twice":   func(p *solver.Problem) { p.Agents[0].Quotas = []int32{0, 0} },
		"leader's bonus":      func(p *solver.Problem) { p.Items[0].LeadBonus = 1 << 50 },
		"item quota length":   func(p *solver.Problem) { p.Items[0].Quota = []int64{1, 2, 3} },
		"item quota amount":   func(p *solver.Problem) { p.Items[0].Quota = []int64{1 << 30} },
		"slot set":            func(p *solver.Problem) { p.Slots[0].Set = -1 },
		"slot without sites":  func(p *solver.Problem) { p.Slots[0].Sites = nil },
		"slot site":           func(p *solver.Problem) { p.Slots[0].Sites = []int32{-1} },
		"slot site twice":     func(p *solver.Problem) { p.Slots[0].Sites = []int32{1, 1} },
		"slot size":           func(p *solver.Problem) { p.Slots[0].MinSize = 0 },
		"slot sizes":          func(p *solver.Problem) { p.Slots[0].MaxSize = 0 },
		"forced item":         func(p *solver.Problem) { p.Slots[0].Forced = []int32{1 << 20} },
		"forced twice":        func(p *solver.Problem) { p.Slots[0].Forced = []int32{1, 1} },
		"option agent":        func(p *solver.Problem) { p.Slots[0].Options[0].Agent = -1 },
		"option twice":        func(p *solver.Problem) { p.Slots[0].Options[1] = p.Slots[0].Options[0] },
		"option points":       func(p *solver.Problem) { p.Slots[0].Options[0].Points = -1 << 50 },
		"set of other sites":  func(p *solver.Problem) { p.Slots[1].Set = p.Slots[0].Set },
		"amounts overflowing": func(p *solver.Problem) { swell(p) },
	} {
		p := bigProblem(1, 20)
		if err := p.Validate(); err != nil {
			t.Fatal(err)
		}
		spoil(p)
		if err := p.Validate(); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// swell makes each amount allowed but their sum too large.
func swell(p *solver.Problem) {
	for a := range p.Agents {
		p.Agents[a].Min, p.Agents[a].ShortPenalty = 1<<30, 1<<40
	}
}

func TestCheckPricesNamesEveryFault(t *testing.T) {
	p := bigProblem(1, 20)
	r, err := solver.Solve(context.Background(), p, solver.Settings{})
	if err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func(pr *solver.Prices){
		"short list":    func(pr *solver.Prices) { pr.Item = pr.Item[1:] },
		"site too low":  func(pr *solver.Prices) { pr.Site[0] = -1 << 50 },
		"item below 0":  func(pr *solver.Prices) { pr.Item[0] = -1 },
		"max below 0":   func(pr *solver.Prices) { pr.Max[0] = -1 },
		"min too high":  func(pr *solver.Prices) { pr.Min[0] = p.Agents[0].ShortPenalty + 1 },
		"quota high":    func(pr *solver.Prices) { pr.Quota[0] = p.Quotas[0].Penalty + 1 },
		"limit below 0": func(pr *solver.Prices) { pr.Limit = -1 },
	} {
		pr := solver.Prices{Site: clone(r.Prices.Site), Item: clone(r.Prices.Item), Max: clone(r.Prices.Max),
			Min: clone(r.Prices.Min), Quota: clone(r.Prices.Quota), Limit: r.Prices.Limit}
		if err := p.CheckPrices(pr); err != nil {
			t.Fatal(err)
		}
		spoil(&pr)
		if err := p.CheckPrices(pr); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	p.ItemLimit = 0
	r.Prices.Limit = 1
	if err := p.CheckPrices(r.Prices); err == nil {
		t.Error("a price for no limit: no error")
	}
}

func clone(s []int64) []int64 { return append([]int64{}, s...) }

func TestScoreNamesEveryFault(t *testing.T) {
	p := bigProblem(2, 40)
	r, err := solver.Solve(context.Background(), p, solver.Settings{})
	if err != nil {
		t.Fatal(err)
	}
	k := 0
	for len(r.Teams[k].Items) < 2 {
		k++
	}
	for name, spoil := range map[string]func(t []solver.Team) []solver.Team{
		"slot":          func(t []solver.Team) []solver.Team { t[k].Slot = 1 << 20; return t },
		"agent":         func(t []solver.Team) []solver.Team { t[k].Agent = -1; return t },
		"site twice":    func(t []solver.Team) []solver.Team { return append(t, t[k]) },
		"no items":      func(t []solver.Team) []solver.Team { t[k].Items = nil; return t },
		"item twice":    func(t []solver.Team) []solver.Team { t[k].Items[1] = t[k].Items[0]; return t },
		"foreign item":  func(t []solver.Team) []solver.Team { t[k].Items[1] = 1 << 20; return t },
		"foreign agent": func(t []solver.Team) []solver.Team { t[k].Agent = (t[k].Agent + 1) % int32(len(p.Agents)); return t },
	} {
		var teams []solver.Team
		for _, t := range r.Teams {
			t.Items = append([]int32{}, t.Items...)
			teams = append(teams, t)
		}
		if _, err := solver.Score(p, teams); err != nil {
			t.Fatal(err)
		}
		if _, err := solver.Score(p, spoil(teams)); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	p.ItemLimit = 1
	if _, err := solver.Score(p, r.Teams); err == nil {
		t.Error("limit: no error")
	}
}

// FuzzSolve spoils small problems at random: Validate refuses them or Solve copes.
func FuzzSolve(f *testing.F) {
	f.Add(uint64(1), []byte{})
	f.Add(uint64(2), []byte{0, 200, 3, 7, 1, 255, 9, 4})
	f.Fuzz(func(t *testing.T, seed uint64, edits []byte) {
		p := drawProblem(rand.New(rand.NewPCG(seed, 8)))
		for ; len(edits) >= 2; edits = edits[2:] {
			edit(p, edits[0], int64(int8(edits[1])))
		}
		if p.Validate() != nil {
			return
		}
		r, err := solver.Solve(context.Background(), p, solver.Settings{Workers: 1})
		if err != nil {
			t.Fatal(err)
		}
		check(t, p, r)
	})
}

func edit(p *solver.Problem, what byte, n int64) {
	slot, agent := &p.Slots[int(what>>4)%len(p.Slots)], &p.Agents[int(what>>4)%len(p.Agents)]
	switch what & 15 {
	case 0:
		slot.Set = int32(n)
	case 1:
		slot.Sites = append(slot.Sites, int32(n))
	case 2:
		slot.MinSize = int(n)
	case 3:
		slot.MaxSize = int(n)
	case 4:
		slot.Forced = append(slot.Forced, int32(n))
	case 5:
		slot.Options = append(slot.Options, solver.Option{Agent: int32(n), Points: n << 20})
	case 6:
		agent.Min = n
	case 7:
		agent.Max = n
	case 8:
		agent.Pool = append(agent.Pool, int32(n))
	case 9:
		agent.Quotas = append(agent.Quotas, int32(n))
	case 10:
		p.ItemLimit = n
	case 11:
		agent.ShortPenalty = n << 30
	}
}
