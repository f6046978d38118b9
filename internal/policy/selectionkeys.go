package policy

// What barred_positions, judgement_items and clearance_bodies may hold.
var (
	positionKinds  = []string{"teacher", "medical", "worker", "temporary"}
	judgementItems = []string{"commitment", "style", "ability", "assessment", "willing", "family"}
	clearingBodies = []string{"organisation", "discipline", "health", "political_legal", "police", "agriculture", "petitions", "court"}
)

// UnitDays counts days.
const UnitDays Unit = "days"

// SelectionKeys is the catalogue of the first gate: who may go, how a list is published, what counts in the ranking and
// which mix is aimed at. Apart from fitness and publication the default is that there is no rule: rules come from a
// policy object with its source.
func SelectionKeys() []RuleKey {
	keys := append(personKeys(), procedureKeys()...)
	keys = append(keys, rankingKeys()...)
	for i := range keys {
		keys[i].Gate = GateSelection
		keys[i].Meaning = "policy.selection." + keys[i].Name
	}
	return keys
}

func number(name string, unit Unit, fallback, least, most int64, stricter Direction) RuleKey {
	return RuleKey{Key: Key{Name: name, Unit: unit, Default: fallback, Min: least, Max: most}, Stricter: stricter}
}

func list(name string, fallback, items []string) RuleKey {
	return RuleKey{Key: Key{Name: name, Unit: UnitList}, Stricter: StricterMore, Items: items, DefaultItems: fallback}
}

// personKeys are what is asked of a person; max_age, max_terms, avoid_native and leader_min_grade_province are dispatch
// keys and hold here too.
func personKeys() []RuleKey {
	return []RuleKey{
		number("min_age", UnitAge, 18, 16, 60, StricterHigher),
		number("health_fit", UnitSwitch, 1, 0, 1, StricterHigher),
		number("min_rural_years", UnitYear, 0, 0, 40, StricterHigher),
		number("min_work_years", UnitYear, 0, 0, 40, StricterHigher),
		number("leader_party_member", UnitSwitch, 0, 0, 1, StricterHigher),
		number("leader_min_party_years", UnitYear, 0, 0, 40, StricterHigher),
		number("leader_min_work_years", UnitYear, 0, 0, 40, StricterHigher),
		number("spouses_apart", UnitSwitch, 0, 0, 1, StricterHigher),
		list("barred_positions", nil, positionKinds),
		list("judgement_items", nil, judgementItems),
	}
}

func procedureKeys() []RuleKey {
	return []RuleKey{
		list("clearance_bodies", []string{"discipline", "organisation"}, clearingBodies),
		number("publicity_days", UnitDays, 5, 1, 60, StricterHigher),
		number("publicity_working_days", UnitSwitch, 1, 0, 1, StricterHigher),
		number("objection_named", UnitSwitch, 0, 0, 1, Unordered),
		number("reserve_percent", UnitPercent, 20, 0, 200, StricterHigher),
	}
}

// rankingKeys are weights, points for each unit of the figure, and goals, percent of those chosen.
func rankingKeys() []RuleKey {
	return []RuleKey{
		number("s_young", UnitWeight, 200, 0, maxWeight, Unordered),
		number("s_rural_year", UnitWeight, 30, 0, maxWeight, Unordered),
		number("s_speciality", UnitWeight, 3, 0, maxWeight, Unordered),
		number("s_interview", UnitWeight, 4, 0, maxWeight, Unordered),
		number("s_party", UnitWeight, 100, 0, maxWeight, Unordered),
		number("goal_young_pool", UnitPercent, 0, 0, 100, StricterHigher),
		number("goal_women", UnitPercent, 0, 0, 100, StricterHigher),
	}
}
