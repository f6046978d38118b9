package solver

import "fmt"

// Score returns what a plan is worth, unserved sites, missing teams and quota shortfalls taken off, or an error that
// names the first team that the problem does not allow.
func Score(p *Problem, teams []Team) (int64, error) {
	t := newTally(p)
	for k := range teams {
		if err := t.add(&teams[k]); err != nil {
			return 0, fmt.Errorf("team %d: %w", k, err)
		}
	}
	if p.ItemLimit > 0 && t.items > p.ItemLimit {
		return 0, fmt.Errorf("%d items, limit %d", t.items, p.ItemLimit)
	}
	return t.score(), nil
}

// tally adds up a plan.
type tally struct {
	p       *Problem
	points  int64
	items   int64
	led     []int64
	short   []int64
	covered []bool
	used    []bool
}

func newTally(p *Problem) *tally {
	return &tally{p: p, led: make([]int64, len(p.Agents)), short: make([]int64, len(p.Quotas)),
		covered: make([]bool, len(p.Sites)), used: make([]bool, len(p.Items))}
}

func (t *tally) score() int64 {
	score := t.points
	for a, n := range t.led {
		score -= t.p.Agents[a].ShortPenalty * max(0, t.p.Agents[a].Min-n)
	}
	for q, n := range t.short {
		score -= t.p.Quotas[q].Penalty * max(0, n)
	}
	for v, c := range t.covered {
		if !c {
			score -= t.p.Sites[v].Penalty
		}
	}
	return score
}

// add counts a team in, or says why it is not allowed beside those counted before.
func (t *tally) add(team *Team) error {
	worth, err := teamWorth(t.p, team)
	if err != nil {
		return err
	}
	a := &t.p.Agents[team.Agent]
	if t.led[team.Agent] >= a.Max {
		return fmt.Errorf("agent %d leads more than %d teams", team.Agent, a.Max)
	}
	for _, v := range t.p.Slots[team.Slot].Sites {
		if t.covered[v] {
			return fmt.Errorf("site %d is covered twice", v)
		}
	}
	for _, i := range team.Items {
		if t.used[i] {
			return fmt.Errorf("item %d is in two teams", i)
		}
	}
	t.led[team.Agent]++
	for _, v := range t.p.Slots[team.Slot].Sites {
		t.covered[v] = true
	}
	for _, i := range team.Items {
		t.used[i] = true
		t.items++
		if quota := t.p.Items[i].Quota; quota != nil {
			for _, q := range a.Quotas {
				t.short[q] += quota[q]
			}
		}
	}
	t.points += worth
	return nil
}

// teamWorth returns the points of one team, or what is wrong with it taken alone.
func teamWorth(p *Problem, t *Team) (int64, error) {
	if t.Slot < 0 || int(t.Slot) >= len(p.Slots) || t.Agent < 0 || int(t.Agent) >= len(p.Agents) {
		return 0, fmt.Errorf("no slot %d or no agent %d", t.Slot, t.Agent)
	}
	slot, agent := &p.Slots[t.Slot], &p.Agents[t.Agent]
	points, ok := optionPoints(slot, t.Agent)
	if !ok {
		return 0, fmt.Errorf("agent %d may not lead slot %d", t.Agent, t.Slot)
	}
	if n := len(t.Items); n < slot.MinSize || n > slot.MaxSize {
		return 0, fmt.Errorf("%d items in slot %d, which takes %d to %d", n, t.Slot, slot.MinSize, slot.MaxSize)
	}
	for k, i := range t.Items {
		if !contains(agent.Pool, i) {
			return 0, fmt.Errorf("item %d is not in the pool of agent %d", i, t.Agent)
		}
		if contains(t.Items[:k], i) {
			return 0, fmt.Errorf("item %d is in the team twice", i)
		}
		w, ok := p.Worth(i, t.Slot)
		if !ok {
			return 0, fmt.Errorf("item %d may not serve in slot %d", i, t.Slot)
		}
		points += w
	}
	for _, i := range slot.Forced {
		if !contains(t.Items, i) {
			return 0, fmt.Errorf("item %d must be in slot %d", i, t.Slot)
		}
	}
	leader := &p.Items[t.Items[0]]
	if !leader.Leads {
		return 0, fmt.Errorf("item %d may not lead", t.Items[0])
	}
	return points + leader.LeadBonus, nil
}

func optionPoints(s *Slot, agent int32) (int64, bool) {
	for _, o := range s.Options {
		if o.Agent == agent {
			return o.Points, true
		}
	}
	return 0, false
}

func contains(list []int32, x int32) bool {
	for _, y := range list {
		if x == y {
			return true
		}
	}
	return false
}
