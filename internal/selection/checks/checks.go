// Package checks holds a nominee against the rules of a policy: pass, fail, or needs a person, each with its reason, its
// figures and the text that the rule comes from. It is pure.
//
// The order is that of the table below. Ages are counted as dispatch counts them (dispatch contract §1: the round's
// first year less the year of birth), years of service as whole years on the selection's day. What the registry does not
// know needs a person, and so does everything that is a matter of judgement.
package checks

import (
	"slices"
	"time"

	"jieli/internal/domain"
	"jieli/internal/policy"
)

// Subject is a nominee with all that the rules ask about.
type Subject struct {
	Facts   domain.Facts
	Leader  bool   // nominated as leader and first secretary
	Year    int    // the round's first year
	Day     string // the selection's day
	Spouses int    // declared spouses who are nominated in the same round and not withdrawn
}

// JudgePrefix begins the rules that are a matter of judgement: judge.style.
const JudgePrefix = "judge."

// rule is one line of the table: the key of the policy that it reads, when it applies, and what it says.
type rule struct {
	name    string
	key     string
	applies func(s Subject, value domain.PolicyValue) bool
	says    func(s Subject, value domain.PolicyValue) verdict
}

// verdict is an outcome with its reason and figures.
type verdict struct {
	outcome domain.CheckOutcome
	reason  string
	params  map[string]any
}

func decide(pass bool, reason string, params map[string]any) verdict {
	if pass {
		return verdict{domain.CheckPass, reason, params}
	}
	return verdict{domain.CheckFail, reason, params}
}

func ask(reason string, params map[string]any) verdict {
	return verdict{domain.CheckNeedsPerson, reason, params}
}

func always(Subject, domain.PolicyValue) bool           { return true }
func on(_ Subject, v domain.PolicyValue) bool           { return v.Number > 0 }
func forLeaders(s Subject, _ domain.PolicyValue) bool   { return s.Leader }
func forLeadersOn(s Subject, v domain.PolicyValue) bool { return s.Leader && v.Number > 0 }

// table is in the order in which checks are shown.
func table() []rule {
	return []rule{
		{"max_age", "max_age", always, func(s Subject, v domain.PolicyValue) verdict { return s.age(v, "check.max_age", atMost) }},
		{"min_age", "min_age", always, func(s Subject, v domain.PolicyValue) verdict { return s.age(v, "check.min_age", atLeast) }},
		{"health_fit", "health_fit", on, Subject.health},
		{"max_terms", "max_terms", always, func(s Subject, v domain.PolicyValue) verdict {
			return decide(int64(s.Facts.Terms) < v.Number, "check.max_terms", map[string]any{"terms": s.Facts.Terms, "limit": v.Number})
		}},
		{"min_rural_years", "min_rural_years", on, func(s Subject, v domain.PolicyValue) verdict {
			return decide(int64(s.Facts.RuralYears) >= v.Number, "check.min_rural_years", map[string]any{"years": s.Facts.RuralYears, "limit": v.Number})
		}},
		{"min_work_years", "min_work_years", on, func(s Subject, v domain.PolicyValue) verdict {
			return s.years(s.Facts.WorkDate, v, "check.min_work_years", "check.work_date_unknown")
		}},
		{"leader_rank", "leader_min_grade_province", forLeaders, Subject.rank},
		{"leader_party_member", "leader_party_member", forLeadersOn, Subject.party},
		{"leader_min_party_years", "leader_min_party_years", forLeadersOn, func(s Subject, v domain.PolicyValue) verdict {
			return s.years(s.Facts.PartyDate, v, "check.leader_min_party_years", "check.party_date_unknown")
		}},
		{"leader_min_work_years", "leader_min_work_years", forLeadersOn, func(s Subject, v domain.PolicyValue) verdict {
			return s.years(s.Facts.WorkDate, v, "check.min_work_years", "check.work_date_unknown")
		}},
		{"avoid_native", "avoid_native", on, Subject.native},
		{"spouses_apart", "spouses_apart", on, func(s Subject, _ domain.PolicyValue) verdict {
			if s.Spouses > 0 {
				return ask("check.spouse_nominated", nil)
			}
			return decide(true, "check.no_spouse_nominated", nil)
		}},
		{"barred_positions", "barred_positions", func(_ Subject, v domain.PolicyValue) bool { return len(v.Items) > 0 }, Subject.barred},
	}
}

// Run holds the subject against all rules that apply to it, in the table's order, the matters of judgement last.
func Run(s Subject, e policy.Effective) []domain.Check {
	var all []domain.Check
	for _, r := range table() {
		held := e.Rule(r.key)
		if r.applies(s, held.Value) {
			v := r.says(s, held.Value)
			all = append(all, domain.Check{Rule: r.name, Outcome: v.outcome, Reason: v.reason, Params: v.params, Source: held.Value.Source, Policy: held.By})
		}
	}
	judged := e.Rule("judgement_items")
	for _, item := range judged.Value.Items {
		all = append(all, domain.Check{Rule: JudgePrefix + item, Outcome: domain.CheckNeedsPerson, Reason: "check.judgement", Params: map[string]any{"item": item},
			Source: judged.Value.Source, Policy: judged.By})
	}
	return all
}

func atMost(a, b int64) bool  { return a <= b }
func atLeast(a, b int64) bool { return a >= b }

func (s Subject) age(v domain.PolicyValue, reason string, holds func(a, b int64) bool) verdict {
	if s.Facts.BirthYear == 0 {
		return ask("check.birth_unknown", nil)
	}
	age := int64(s.Year - s.Facts.BirthYear)
	return decide(holds(age, v.Number), reason, map[string]any{"age": age, "limit": v.Number})
}

func (s Subject) health(domain.PolicyValue) verdict {
	switch s.Facts.Health {
	case "fit":
		return decide(true, "check.health_fit", nil)
	case "unfit":
		return decide(false, "check.health_unfit", nil)
	case "limited":
		return ask("check.health_limited", nil)
	}
	return ask("check.health_unknown", nil)
}

// years counts whole years from a date to the selection's day.
func (s Subject) years(since string, v domain.PolicyValue, reason, unknown string) verdict {
	from, errFrom := time.Parse(time.DateOnly, since)
	day, errDay := time.Parse(time.DateOnly, s.Day)
	if errFrom != nil || errDay != nil {
		return ask(unknown, nil)
	}
	years := day.Year() - from.Year()
	if from.AddDate(years, 0, 0).After(day) {
		years--
	}
	return decide(int64(years) >= v.Number, reason, map[string]any{"years": years, "limit": v.Number})
}

// rank is rule 6 of the dispatch contract §2: a leader of a province unit has the policy's grade, one of a city or county
// unit a middle-level post.
func (s Subject) rank(v domain.PolicyValue) verdict {
	if s.Facts.UnitLevel != domain.UnitProvince {
		return decide(s.Facts.MidLevel, "check.leader_mid_level", nil)
	}
	if s.Facts.Grade == 0 {
		return ask("check.grade_unknown", nil)
	}
	return decide(int64(s.Facts.Grade) >= v.Number, "check.leader_grade", map[string]any{"grade": s.Facts.Grade, "limit": v.Number})
}

// FullMember says whether the politics (GB/T 4762) are those of a full member of the party; a record from before the code
// has a word instead.
func FullMember(politics string) bool { return politics == "01" || politics == "party_member" }

func (s Subject) party(domain.PolicyValue) verdict {
	if s.Facts.Politics == "" {
		return ask("check.politics_unknown", nil)
	}
	return decide(FullMember(s.Facts.Politics), "check.leader_party_member", nil)
}

// native cannot fail: dispatch keeps everybody away from the own home township, which it has to know.
func (s Subject) native(domain.PolicyValue) verdict {
	if s.Facts.Native == "" {
		return ask("check.native_unknown", nil)
	}
	return decide(true, "check.native_known", map[string]any{"code": string(s.Facts.Native)})
}

// barred asks a person wherever the registry gives cause: whether somebody of a school teaches, say, it does not know. A
// civil servant is neither a worker nor on a temporary contract.
func (s Subject) barred(v domain.PolicyValue) verdict {
	suspects := map[string]bool{
		"teacher": slices.Contains([]string{"school", "university"}, s.Facts.UnitKind), "medical": s.Facts.UnitKind == "hospital",
		"worker": s.Facts.Ladder != "civil", "temporary": s.Facts.Ladder != "civil",
	}
	var found []string
	for _, item := range v.Items {
		if suspects[item] {
			found = append(found, item)
		}
	}
	if len(found) > 0 {
		return ask("check.position_suspect", map[string]any{"items": found, "position": s.Facts.Position})
	}
	return decide(true, "check.position_clear", nil)
}
