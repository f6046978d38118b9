package problem

import (
	"math"
	"strconv"

	"jieli/internal/domain"
	"jieli/internal/solver"
)

// tightFile has the prices of the unit-wise bound. It is this product's own (docs/dispatch-contract.md §7).
const tightFile = "tight.csv"

// tightRows lists the prices of the unit-wise bound that are not 0. It does not look at any others.
func (p *Problem) tightRows(prices solver.Prices) [][]string {
	return p.priceRows(solver.Prices{Site: prices.Site, Limit: prices.Limit, Quota: prices.Quota})
}

// hasTight says whether the plan has prices of the unit-wise bound.
func (p *Problem) hasTight(plan *Plan) bool {
	return len(plan.Tight.Site) == len(p.villages) && plan.Tight.Quota != nil
}

// readTight reads tight.csv, which may be missing: then the plan has no unit-wise bound.
func (r *planReader) readTight() {
	tight := r.p.NoPrices()
	if _, read := r.readPriceFile(tightFile, true, []string{priceVillage, priceHeadcount, priceShare}, &tight); !read {
		return
	}
	if sum := r.p.tightSum(tight); sum > maxMagnitude {
		r.faults.add(Fault{File: tightFile, Key: "problem.prices_too_large", Params: domain.Params{"sum": sum, "max": maxMagnitude}})
		return
	}
	r.plan.Tight = tight
}

// tightSum is a number that no sum in the unit-wise bound exceeds: a unit has as many teams as it may lead, or as it has
// people for, and each pays for all its villages.
func (p *Problem) tightSum(prices solver.Prices) float64 {
	sum, highest, teams := float64(prices.Limit)*float64(p.rules.headcount), 0.0, 0.0
	for _, price := range prices.Site {
		sum += math.Abs(float64(price))
		highest = max(highest, math.Abs(float64(price)))
	}
	for u := range p.units {
		teams += math.Min(float64(p.units[u].max), float64(len(p.units[u].pool)))
	}
	return sum + teams*(highest*float64(p.rules.clusterMax)+p.teamMost())
}

// Found is the folder's plan with score and bounds worked out anew. Where the folder has no tight.csv, there is no
// TightBound.
func (p *Problem) Found(folder *PlanFolder) Plan {
	m, found := p.Model(), folder.Plan
	found.Score, found.Bound = p.Score(found.Teams).Total(), p.boundOn(m, found.Prices)
	if p.hasTight(&found) {
		found.TightBound = solver.AgentBound(m, found.Tight)
	}
	return found
}

// checkTight tells where a plan folder says something else of the unit-wise bound than what its prices come to. A
// summary without one says nothing.
func checkTight(f *faults, s *Summary, found Plan) {
	if found.TightBound < found.Score {
		f.add(Fault{File: tightFile, Key: "problem.bound_below_score", Params: domain.Params{"bound": found.TightBound, "score": found.Score}})
	}
	if s == nil || s.Tight == 0 {
		return
	}
	claim(f, "tight_bound", s.Tight, found.TightBound)
	if gap := found.TightGap(); math.Abs(s.TightGap-gap) > gapTolerance {
		f.add(summaryDiffers("tight_gap", exactly(s.TightGap), exactly(gap)))
	}
}

// gapTolerance is by how much a gap may differ from what it is found to be: programs round in their own ways.
const gapTolerance = 1e-9

func exactly(n float64) string { return strconv.FormatFloat(n, 'g', -1, 64) }
