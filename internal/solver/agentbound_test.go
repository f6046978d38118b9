package solver_test

import (
	"context"
	"math/rand/v2"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"jieli/internal/solver"
)

// naiveAgentBound works the agent bound out from every set of teams that one agent can lead.
func naiveAgentBound(p *solver.Problem, pr solver.Prices) int64 {
	free := pr
	free.Item, free.Max, free.Min = make([]int64, len(p.Items)), make([]int64, len(p.Agents)), make([]int64, len(p.Agents))
	total := pr.Limit * p.ItemLimit
	for v, n := range pr.Site {
		total += max(n, -p.Sites[v].Penalty)
	}
	teams := allTeams(p)
	for a := range p.Agents {
		var own []solver.Team
		for _, t := range teams {
			if int(t.Agent) == a {
				own = append(own, t)
			}
		}
		total += bestOfAgent(p, free, own, &p.Agents[a], 0, 0, map[int32]bool{})
	}
	return total
}

// bestOfAgent is the most that the agent's teams from own bring in, led of them being chosen and worth so much already.
func bestOfAgent(p *solver.Problem, pr solver.Prices, own []solver.Team, agent *solver.Agent, led, worth int64, used map[int32]bool) int64 {
	best := worth - agent.ShortPenalty*max(0, agent.Min-led)
	if led == agent.Max {
		return best
	}
next:
	for k, t := range own {
		for _, i := range t.Items {
			if used[i] {
				continue next
			}
		}
		for _, i := range t.Items {
			used[i] = true
		}
		best = max(best, bestOfAgent(p, pr, own[k:], agent, led+1, worth+naiveTeam(p, pr, &own[k]), used))
		for _, i := range t.Items {
			delete(used, i)
		}
	}
	return best
}

func TestAgentBoundIsTheBestOfWholeTeams(t *testing.T) {
	exact := 0
	rapid.Check(t, func(t *rapid.T) {
		r := source(t)
		p := drawProblem(r)
		pr := drawPrices(r, p)
		got, naive := solver.AgentBound(p, pr), naiveAgentBound(p, pr)
		if got < naive {
			t.Fatalf("agent bound %d, whole teams reach %d", got, naive)
		}
		if small(p) {
			exact++
			if got != naive {
				t.Fatalf("agent bound %d, whole teams reach %d only", got, naive)
			}
		}
		if best := optimum(p); got < best {
			t.Fatalf("agent bound %d, a plan scores %d", got, best)
		}
	})
	t.Logf("%d problems had two teams an agent at most", exact)
}

// small says whether no agent leads more than two teams: then the bound is exact.
func small(p *solver.Problem) bool {
	for a := range p.Agents {
		if p.Agents[a].Max > 2 {
			return false
		}
	}
	return true
}

func TestTheTightBoundHoldsAndIsTheTighter(t *testing.T) {
	for seed := range uint64(150) {
		p := drawProblem(rand.New(rand.NewPCG(seed, 5)))
		r, err := solver.Solve(context.Background(), p, solver.Settings{})
		if err != nil {
			t.Fatal(err)
		}
		if best := optimum(p); r.TightBound < best || r.Score > r.TightBound {
			t.Fatalf("seed %d: tight bound %d, optimum %d, score %d", seed, r.TightBound, best, r.Score)
		}
		if again := solver.AgentBound(p, r.Tight); again != r.TightBound {
			t.Fatalf("seed %d: tight bound %d told, %d found", seed, r.TightBound, again)
		}
	}
}

func TestTheQuickPlanDoesNotDependOnWorkers(t *testing.T) {
	if testing.Short() {
		t.Skip("long under the race detector")
	}
	p := bigProblem(9, 4200)
	first := solveUntil(t, p, "auction", solver.Settings{Workers: 1})
	check(t, p, first)
	if second := solveUntil(t, p, "auction", solver.Settings{Workers: 3}); !reflect.DeepEqual(first, second) {
		t.Fatalf("three workers: %d %d %d, one: %d %d %d", second.Score, second.Bound, second.TightBound, first.Score, first.Bound, first.TightBound)
	}
}
