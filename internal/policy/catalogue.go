package policy

import "jieli/internal/domain"

// Unit says what a value counts; it picks the word that is shown behind the number.
type Unit string

// The units of policy values.
const (
	UnitYear         Unit = "year"       // a calendar year
	UnitAge          Unit = "age"        // years of life
	UnitTerms        Unit = "terms"      // terms of posting in a row
	UnitSwitch       Unit = "switch"     // 0 off, 1 on
	UnitGrade        Unit = "grade"      // rank order 1..12
	UnitPeople       Unit = "people"     // heads
	UnitVillages     Unit = "villages"   // villages
	UnitStrength     Unit = "strength"   // 0..100
	UnitWeight       Unit = "weight"     // points for each unit of the thing that is weighed
	UnitPoints       Unit = "points"     // points
	UnitPercent      Unit = "percent"    // hundredths
	UnitPerHundredth Unit = "per_hundth" // points for each hundredth of a head
)

// Key is one number of a dispatch policy. Name is its key in policy.csv; Default, Min and Max are whole numbers, Min and
// Max both allowed. Meaning is the message key of its explanation.
type Key struct {
	Name              string
	Default, Min, Max int64
	Unit              Unit
	Meaning           string
}

// The widest weight and penalty keep a province's score, about 26,000 villages and 100,000 people, far from the end of int64.
const (
	maxWeight  = 1_000_000
	maxPoints  = 1_000_000_000
	maxMembers = 10_000_000
)

// Keep is the key of this product's own: what each unchanged team, and each member who stays, is worth when a plan is made
// anew from an earlier one. It is no part of the contract's score.
const Keep = "keep"

// DispatchKeys is the catalogue of the dispatch contract §1, policy.csv, in its order, with Keep at its end.
func DispatchKeys() []Key {
	keys := append(ruleKeys(), weightKeys()...)
	keys = append(keys, penaltyKeys()...)
	keys = append(keys, Key{Name: Keep, Default: 60_000, Max: maxPoints, Unit: UnitPoints})
	for i := range keys {
		keys[i].Meaning = "policy.dispatch." + keys[i].Name
	}
	return keys
}

// categories are in the order of the contract.
var categories = []domain.Category{
	domain.CategoryKey, domain.CategoryConsolidated, domain.CategoryWeak, domain.CategoryDemonstration,
}

func ruleKeys() []Key {
	keys := []Key{
		{Name: "year", Default: 2021, Min: 1949, Max: 2200, Unit: UnitYear},
		{Name: "max_age", Default: 57, Min: 18, Max: 120, Unit: UnitAge},
		{Name: "max_terms", Default: 2, Min: 0, Max: 100, Unit: UnitTerms},
		{Name: "avoid_native", Default: 1, Min: 0, Max: 1, Unit: UnitSwitch},
		{Name: "leader_min_grade_province", Default: 6, Min: 1, Max: 12, Unit: UnitGrade},
	}
	for _, s := range []struct {
		category domain.Category
		min, max int64
	}{
		{domain.CategoryKey, 3, 5}, {domain.CategoryConsolidated, 1, 3},
		{domain.CategoryWeak, 2, 4}, {domain.CategoryDemonstration, 2, 4},
	} {
		keys = append(keys,
			Key{Name: SizeMinKey(s.category), Default: s.min, Min: 1, Max: maxTeamSize, Unit: UnitPeople},
			Key{Name: SizeMaxKey(s.category), Default: s.max, Min: 1, Max: maxTeamSize, Unit: UnitPeople})
	}
	return append(keys,
		Key{Name: "strong_min", Default: 60, Min: 0, Max: 101, Unit: UnitStrength}, // 101: no county unit is strong
		Key{Name: "cluster_max", Default: 3, Min: 1, Max: 20, Unit: UnitVillages})
}

const maxTeamSize = 100

func weightKeys() []Key {
	return []Key{
		{Name: "w_unit_match", Default: 30, Max: maxWeight, Unit: UnitWeight},
		{Name: "w_unit_prior", Default: 120_000, Max: maxPoints, Unit: UnitPoints},
		{Name: "w_unit_strength", Default: 900, Max: maxWeight, Unit: UnitWeight},
		{Name: "w_unit_distance", Default: 150, Max: maxWeight, Unit: UnitWeight},
		{Name: "w_cadre_match", Default: 10, Max: maxWeight, Unit: UnitWeight},
		{Name: "w_cadre_rural", Default: 3000, Max: maxWeight, Unit: UnitWeight},
		{Name: "w_cadre_young", Default: 15_000, Max: maxPoints, Unit: UnitPoints},
		{Name: "w_leader_grade", Default: 8000, Max: maxWeight, Unit: UnitWeight},
		{Name: "w_cluster_percent", Default: 60, Max: 1000, Unit: UnitPercent},
	}
}

func penaltyKeys() []Key {
	return []Key{
		{Name: PenaltyKey(domain.CategoryKey), Default: 4_000_000, Max: maxPoints, Unit: UnitPoints},
		{Name: PenaltyKey(domain.CategoryWeak), Default: 3_000_000, Max: maxPoints, Unit: UnitPoints},
		{Name: PenaltyKey(domain.CategoryDemonstration), Default: 2_500_000, Max: maxPoints, Unit: UnitPoints},
		{Name: PenaltyKey(domain.CategoryConsolidated), Default: 2_000_000, Max: maxPoints, Unit: UnitPoints},
		{Name: "penalty_min_teams", Default: 500_000, Max: maxPoints, Unit: UnitPoints},
		{Name: "headcount", Default: 0, Max: maxMembers, Unit: UnitPeople},
		{Name: "penalty_share", Default: 2000, Max: maxWeight, Unit: UnitPerHundredth},
	}
}

// SizeMinKey names the least team size for a first village of the category.
func SizeMinKey(c domain.Category) string { return "size_min_" + string(c) }

// SizeMaxKey names the greatest team size for a first village of the category.
func SizeMaxKey(c domain.Category) string { return "size_max_" + string(c) }

// PenaltyKey names what an unserved village of the category costs.
func PenaltyKey(c domain.Category) string { return "penalty_" + string(c) }

// Lookup finds a key by its name.
func Lookup(name string) (Key, bool) {
	for _, k := range DispatchKeys() {
		if k.Name == name {
			return k, true
		}
	}
	return Key{}, false
}

// Default is the value that a key has where the policy does not set it; false for a key that is unknown.
func Default(name string) (int64, bool) {
	k, known := Lookup(name)
	return k.Default, known
}
