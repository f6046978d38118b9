package problem

import (
	"jieli/internal/domain"
	"jieli/internal/policy"
)

// Policy is the value of each key of policy.csv (policy.DispatchKeys); a problem's policy has them all.
type Policy map[string]int64

// DefaultPolicy has every key at its default.
func DefaultPolicy() Policy {
	values := Policy{}
	for _, key := range policy.DispatchKeys() {
		values[key.Name] = key.Default
	}
	return values
}

// rules are the policy's values, ready for use in rules and score.
type rules struct {
	year, maxAge, maxTerms, leaderGrade, strongMin int64
	avoidNative                                    bool
	clusterMax                                     int
	sizeMin, sizeMax                               [len(categories)]int
	penalty                                        [len(categories)]int64
	unitMatch, unitPrior, unitStrength             int64
	unitDistance, clusterPercent                   int64
	cadreMatch, cadreRural, cadreYoung             int64
	leaderBonus                                    int64
	penaltyMinTeams, penaltyShare, headcount       int64
	keep                                           int64 // as far as the solver has room for it
}

func (values Policy) rules() rules {
	r := rules{
		year: values["year"], maxAge: values["max_age"], maxTerms: values["max_terms"],
		leaderGrade: values["leader_min_grade_province"], strongMin: values["strong_min"],
		avoidNative: values["avoid_native"] == 1, clusterMax: int(values["cluster_max"]),
		unitMatch: values["w_unit_match"], unitPrior: values["w_unit_prior"],
		unitStrength: values["w_unit_strength"], unitDistance: values["w_unit_distance"],
		clusterPercent: values["w_cluster_percent"],
		cadreMatch:     values["w_cadre_match"], cadreRural: values["w_cadre_rural"], cadreYoung: values["w_cadre_young"],
		leaderBonus:     values["w_leader_grade"],
		penaltyMinTeams: values["penalty_min_teams"], penaltyShare: values["penalty_share"], headcount: values["headcount"],
		keep: values[policy.Keep],
	}
	for i, c := range categories {
		r.sizeMin[i] = int(values[policy.SizeMinKey(c)])
		r.sizeMax[i] = int(values[policy.SizeMaxKey(c)])
		r.penalty[i] = values[policy.PenaltyKey(c)]
	}
	r.keep = min(r.keep, max(0, seatRoom-r.seatMost()))
	return r
}

// seatRoom is the most points of a member that the solver takes. No contract asks for the points for keeping: weights that
// leave no room for them are good weights.
const seatRoom = 1 << 30

// categories and levels give the small numbers by which the index names them.
var (
	categories = [...]domain.Category{
		domain.CategoryKey, domain.CategoryWeak, domain.CategoryDemonstration, domain.CategoryConsolidated,
	}
	levels = [...]domain.UnitLevel{domain.UnitProvince, domain.UnitCity, domain.UnitCounty}
)

const (
	catKey, catWeak, catDemonstration, catConsolidated = 0, 1, 2, 3 // positions in categories
	levelProvince, levelCity, levelCounty              = 0, 1, 2    // positions in levels
)
