package solver

import (
	"fmt"
	"math"
)

// The largest amounts that a problem may hold. A team's worth stays below 2⁴⁶ and a plan's below 2⁶⁰, so that no sum of
// the run or of the bound can overflow.
const (
	maxAmount = int64(1) << 40 // points of an option, a penalty, a leader's bonus
	maxWorth  = 1 << 30        // points of an item in a team
	maxQuota  = int64(1) << 20 // what an item adds to a quota
	maxForced = 32             // items forced into a slot
	maxCount  = int64(1) << 31 // numbers of teams, sizes and the limit
	maxTotal  = int64(1) << 60 // a plan's points, penalties included
)

// Validate says what is wrong with a problem: an index that points nowhere, an amount out of its range, something listed
// twice, two slots of one set with different sites. Worths are not looked at; Solve holds them to ±2³⁰.
func (p *Problem) Validate() error {
	if p.Worth == nil {
		return fmt.Errorf("solver: no Worth")
	}
	if p.ItemLimit < 0 || p.ItemLimit >= maxCount {
		return fmt.Errorf("solver: item limit %d", p.ItemLimit)
	}
	total := 0.0
	for v := range p.Sites {
		if n := p.Sites[v].Penalty; n < 0 || n > maxAmount {
			return fmt.Errorf("solver: site %d: penalty %d", v, n)
		}
		total += float64(p.Sites[v].Penalty)
	}
	for _, check := range []func() (float64, error){p.checkQuotas, p.checkAgents, p.checkItems, p.checkSlots} {
		most, err := check()
		if err != nil {
			return fmt.Errorf("solver: %w", err)
		}
		total += most
	}
	if total >= float64(maxTotal) {
		return fmt.Errorf("solver: amounts are too large: a plan could come to %.3g points", total)
	}
	return nil
}

func (p *Problem) checkQuotas() (float64, error) {
	total := 0.0
	for q := range p.Quotas {
		if n := p.Quotas[q].Penalty; n < 0 || n > maxAmount {
			return 0, fmt.Errorf("quota %d: penalty %d", q, n)
		}
		for i := range p.Items {
			if q < len(p.Items[i].Quota) {
				total += float64(p.Quotas[q].Penalty) * math.Abs(float64(p.Items[i].Quota[q]))
			}
		}
	}
	return total, nil
}

func (p *Problem) checkAgents() (float64, error) {
	total := 0.0
	owner := make([]bool, len(p.Items))
	for a := range p.Agents {
		g := &p.Agents[a]
		if g.Min < 0 || g.Min >= maxCount || g.Max < 0 || g.Max >= maxCount || g.ShortPenalty < 0 || g.ShortPenalty > maxAmount {
			return 0, fmt.Errorf("agent %d: min %d, max %d, penalty %d", a, g.Min, g.Max, g.ShortPenalty)
		}
		for _, i := range g.Pool {
			if i < 0 || int(i) >= len(p.Items) {
				return 0, fmt.Errorf("agent %d: no item %d", a, i)
			}
			if owner[i] {
				return 0, fmt.Errorf("agent %d: item %d is in two pools, or twice in one", a, i)
			}
			owner[i] = true
		}
		for k, q := range g.Quotas {
			if q < 0 || int(q) >= len(p.Quotas) || contains(g.Quotas[:k], q) {
				return 0, fmt.Errorf("agent %d: quota %d", a, q)
			}
		}
		total += float64(g.Min) * float64(g.ShortPenalty)
	}
	return total, nil
}

func (p *Problem) checkItems() (float64, error) {
	total := 0.0
	for i := range p.Items {
		it := &p.Items[i]
		if it.LeadBonus < -maxAmount || it.LeadBonus > maxAmount {
			return 0, fmt.Errorf("item %d: leader's bonus %d", i, it.LeadBonus)
		}
		if it.Quota != nil && len(it.Quota) != len(p.Quotas) {
			return 0, fmt.Errorf("item %d: %d quota entries for %d quotas", i, len(it.Quota), len(p.Quotas))
		}
		for q, n := range it.Quota {
			if n < -maxQuota || n > maxQuota {
				return 0, fmt.Errorf("item %d: %d for quota %d", i, n, q)
			}
		}
		total += math.Abs(float64(it.LeadBonus)) + maxWorth
	}
	return total, nil
}

func (p *Problem) checkSlots() (float64, error) {
	most := make([]float64, len(p.Sites)) // the largest option by first site; no site has two teams
	seen := make([]int, len(p.Agents))
	of := make([]int, len(p.Slots)+1) // by set: one of its slots, from 1
	for s := range p.Slots {
		slot := &p.Slots[s]
		if err := p.checkSlot(slot); err != nil {
			return 0, fmt.Errorf("slot %d: %w", s, err)
		}
		if o := of[slot.Set]; o > 0 && !sameSites(slot.Sites, p.Slots[o-1].Sites) {
			return 0, fmt.Errorf("slots %d and %d are of one set but not of the same sites", o-1, s)
		}
		of[slot.Set] = s + 1
		for _, o := range slot.Options {
			if o.Agent < 0 || int(o.Agent) >= len(p.Agents) {
				return 0, fmt.Errorf("slot %d: no agent %d", s, o.Agent)
			}
			if seen[o.Agent] == s+1 {
				return 0, fmt.Errorf("slot %d: agent %d twice", s, o.Agent)
			}
			seen[o.Agent] = s + 1
			if o.Points < -maxAmount || o.Points > maxAmount {
				return 0, fmt.Errorf("slot %d: agent %d: %d points", s, o.Agent, o.Points)
			}
			most[slot.Sites[0]] = max(most[slot.Sites[0]], math.Abs(float64(o.Points)))
		}
	}
	total := 0.0
	for _, n := range most {
		total += n
	}
	return total, nil
}

func (p *Problem) checkSlot(slot *Slot) error {
	if slot.Set < 0 || int(slot.Set) > len(p.Slots) {
		return fmt.Errorf("set %d, of at most %d", slot.Set, len(p.Slots))
	}
	if len(slot.Sites) == 0 {
		return fmt.Errorf("no sites")
	}
	for k, v := range slot.Sites {
		if v < 0 || int(v) >= len(p.Sites) || contains(slot.Sites[:k], v) {
			return fmt.Errorf("site %d", v)
		}
	}
	if slot.MinSize < 1 || slot.MaxSize < slot.MinSize || int64(slot.MaxSize) >= maxCount {
		return fmt.Errorf("size %d to %d", slot.MinSize, slot.MaxSize)
	}
	if len(slot.Forced) > maxForced {
		return fmt.Errorf("%d forced items, at most %d", len(slot.Forced), maxForced)
	}
	for k, i := range slot.Forced {
		if i < 0 || int(i) >= len(p.Items) || contains(slot.Forced[:k], i) {
			return fmt.Errorf("forced item %d", i)
		}
	}
	return nil
}

// CheckPrices says what makes prices unfit for Bound: a wrong length, a wrong sign, a price above its penalty or one so
// large that sums could overflow.
func (p *Problem) CheckPrices(pr Prices) error {
	for _, list := range []struct {
		name   string
		prices []int64
		n      int
		least  int64
		most   func(k int) int64
	}{
		{"site", pr.Site, len(p.Sites), -maxAmount, anyAmount},
		{"item", pr.Item, len(p.Items), 0, anyAmount},
		{"max", pr.Max, len(p.Agents), 0, anyAmount},
		{"min", pr.Min, len(p.Agents), 0, func(k int) int64 { return p.Agents[k].ShortPenalty }},
		{"quota", pr.Quota, len(p.Quotas), 0, func(k int) int64 { return p.Quotas[k].Penalty }},
		{"limit", []int64{pr.Limit}, 1, 0, func(int) int64 { return maxAmount * min(1, p.ItemLimit) }},
	} {
		if len(list.prices) != list.n {
			return fmt.Errorf("solver: %d %s prices for %d", len(list.prices), list.name, list.n)
		}
		for k, n := range list.prices {
			if n < list.least || n > list.most(k) {
				return fmt.Errorf("solver: %s price %d: %d", list.name, k, n)
			}
		}
	}
	return nil
}

func anyAmount(int) int64 { return maxAmount }

func sameSites(a, b []int32) bool {
	for _, v := range a {
		if !contains(b, v) {
			return false
		}
	}
	return len(a) == len(b)
}
