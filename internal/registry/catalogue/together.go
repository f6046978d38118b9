package catalogue

import (
	"strconv"
	"time"
)

// Together are the faults of values that are right one by one but not with each other. It gets a whole record; a secret
// takes part where its plain text is there.
func (s Spec) Together(values map[string]string) []Fault {
	var faults []Fault
	for _, rule := range together[s.Entity] {
		if bad := rule(s, values); bad != nil {
			faults = append(faults, *bad)
		}
	}
	return faults
}

type pairRule func(s Spec, values map[string]string) *Fault

var together = map[Entity][]pairRule{
	Unit: {validInOrder, joinsAnother},
	Cadre: {validInOrder, idTellsBirth, idTellsSex, gradeOnLadder,
		yearsAfter("work_date", "birth_date", 14, "registry.works_too_young"),  // the least age of any work: Labour Law, art. 15, with the exception for arts and sports set aside
		yearsAfter("party_date", "birth_date", 18, "registry.party_too_young"), // Party constitution, art. 1
		partyDateOfMembers,
	},
	Village: {validInOrder, notAbove("poor_households", "households"), notAbove("monitored_households", "households"),
		notAbove("party_members", "population"), bothDegrees, notItsOwnNeighbour},
}

func (s Spec) fault(key string, values map[string]string, message string, params map[string]any) *Fault {
	f, _ := s.Field(key)
	return fault(f, values[key], message, params)
}

func validInOrder(s Spec, v map[string]string) *Fault {
	if v["valid_from"] != "" && v["valid_to"] != "" && v["valid_from"] >= v["valid_to"] {
		return s.fault("valid_to", v, "registry.ends_before_it_begins", map[string]any{"from": v["valid_from"]})
	}
	return nil
}

func joinsAnother(s Spec, v map[string]string) *Fault {
	if v["joins"] != "" && v["joins"] == v["id"] {
		return s.fault("joins", v, "registry.joins_itself", nil)
	}
	return nil
}

func idTellsBirth(s Spec, v map[string]string) *Fault {
	if id, ok := ReadIDNumber(v["id_number"]); ok && v["birth_date"] != "" && id.BirthDate != v["birth_date"] {
		return s.fault("birth_date", v, "registry.birth_differs_from_id", nil)
	}
	return nil
}

func idTellsSex(s Spec, v map[string]string) *Fault {
	if id, ok := ReadIDNumber(v["id_number"]); ok && v["sex"] != "" && id.Sex != v["sex"] {
		return s.fault("sex", v, "registry.sex_differs_from_id", nil)
	}
	return nil
}

func gradeOnLadder(s Spec, v map[string]string) *Fault {
	if v["grade_rank"] != "" && !OnLadder(v["ladder"], v["grade_rank"]) {
		return s.fault("grade_rank", v, "registry.grade_off_ladder", map[string]any{"ladder": v["ladder"]})
	}
	return nil
}

func yearsAfter(later, earlier string, years int, message string) pairRule {
	return func(s Spec, v map[string]string) *Fault {
		from, err := time.Parse(time.DateOnly, v[earlier])
		if err != nil || v[later] == "" {
			return nil
		}
		// Files give the month only, so the month counts.
		if v[later][:7] < from.AddDate(years, 0, 0).Format("2006-01") {
			return s.fault(later, v, message, map[string]any{"years": years})
		}
		return nil
	}
}

// partyDateOfMembers: only members of the Party, probationary ones included, have joined it.
func partyDateOfMembers(s Spec, v map[string]string) *Fault {
	if v["party_date"] != "" && v["politics"] > "02" {
		return s.fault("party_date", v, "registry.party_date_of_nobody", nil)
	}
	return nil
}

func notAbove(part, whole string) pairRule {
	return func(s Spec, v map[string]string) *Fault {
		p, err := strconv.ParseInt(v[part], 10, 64)
		w, err2 := strconv.ParseInt(v[whole], 10, 64)
		if err == nil && err2 == nil && p > w {
			return s.fault(part, v, "registry.part_above_whole", map[string]any{"whole": w})
		}
		return nil
	}
}

func bothDegrees(s Spec, v map[string]string) *Fault {
	if (v["lon"] == "") != (v["lat"] == "") {
		return s.fault("lat", v, "registry.half_a_place", nil)
	}
	return nil
}

func notItsOwnNeighbour(s Spec, v map[string]string) *Fault {
	for _, code := range Split(v["neighbours"]) {
		if code == v["code"] {
			return s.fault("neighbours", v, "registry.own_neighbour", nil)
		}
	}
	return nil
}
