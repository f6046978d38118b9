package problem

import (
	"bytes"
	"encoding/json"
	"slices"

	"jieli/internal/domain"
)

// Reason is why something is as it is: a message key and what fills it.
type Reason struct {
	Key    string        `json:"key"`
	Params domain.Params `json:"params,omitempty"`
}

// UnmarshalJSON reads what MarshalJSON wrote: a reason among the params comes back as one, numbers digit by digit.
func (r *Reason) UnmarshalJSON(text []byte) error {
	var raw struct {
		Key    string                     `json:"key"`
		Params map[string]json.RawMessage `json:"params"`
	}
	if err := json.Unmarshal(text, &raw); err != nil {
		return err
	}
	*r = Reason{Key: raw.Key}
	for name, value := range raw.Params {
		if r.Params == nil {
			r.Params = domain.Params{}
		}
		var inner Reason
		if len(value) > 0 && value[0] == '{' {
			if err := json.Unmarshal(value, &inner); err != nil {
				return err
			}
			r.Params[name] = inner
			continue
		}
		plain := json.NewDecoder(bytes.NewReader(value))
		plain.UseNumber()
		var one any
		if err := plain.Decode(&one); err != nil {
			return err
		}
		r.Params[name] = one
	}
	return nil
}

// Text is the reason in words; a reason among its params is put in words first.
func (r Reason) Text(words Words) string {
	params := domain.Params{}
	for name, value := range r.Params {
		if inner, nested := value.(Reason); nested {
			value = inner.Text(words)
		}
		params[name] = value
	}
	return words(r.Key, params)
}

// UnitBars are the rules and pins that keep the unit from leading a team of the village, none where it may.
func (p *Problem) UnitBars(u, v int) []Reason {
	unit, village := &p.Units[u], &p.Villages[v]
	params := func(more domain.Params) domain.Params {
		all := domain.Params{"unit": unit.ID, "village": string(village.Code)}
		for name, value := range more {
			all[name] = value
		}
		return all
	}
	var bars []Reason
	bar := func(is bool, key string, more domain.Params) {
		if is {
			bars = append(bars, Reason{"bar." + key, params(more)})
		}
	}
	at := &p.villages[v]
	bar(unit.LeadUnit != "", "unit_joined", domain.Params{"lead": unit.LeadUnit})
	bar(unit.LeadUnit == "" && p.units[u].max == 0, "unit_no_teams", nil)
	bar(!p.inRegion(u, v), "unit_region", domain.Params{"region": unit.Region.Prefix()})
	bar(!p.levelFits(u, v), "unit_level", domain.Params{"level": string(unit.Level), "category": string(village.Category),
		"strength": unit.Strength, "strong": p.rules.strongMin})
	if at.pinUnit != none && at.pinUnit != u {
		bar(true, "unit_pinned", domain.Params{"other": p.Units[at.pinUnit].ID})
	}
	bar(slices.Contains(at.notUnits, u), "unit_not", nil)
	for _, c := range at.pinCadres {
		bar(p.cadres[c].unit != u, "unit_cadre", domain.Params{"cadre": p.Cadres[c].ID})
	}
	return bars
}

// CadreBars are the rules and pins that keep the candidate out of every team of the village, none where there are none.
// Which unit leads is not looked at.
func (p *Problem) CadreBars(c, v int) []Reason {
	who, from := &p.Cadres[c], &p.cadres[c]
	var bars []Reason
	bar := func(is bool, key string, params domain.Params) {
		if is {
			all := domain.Params{"cadre": who.ID, "village": string(p.Villages[v].Code)}
			for name, value := range params {
				all[name] = value
			}
			bars = append(bars, Reason{"bar." + key, all})
		}
	}
	bar(!who.Fit, "cadre_fit", nil)
	bar(p.age(who) > p.rules.maxAge, "cadre_age", domain.Params{"age": p.age(who), "max": p.rules.maxAge})
	bar(int64(who.Terms) >= p.rules.maxTerms, "cadre_terms", domain.Params{"terms": who.Terms, "max": p.rules.maxTerms})
	bar(p.isHome(c, v), "cadre_home", nil)
	bar(slices.Contains(from.not, v), "cadre_not", nil)
	if len(from.pins) > 0 && !p.shareCluster(append(slices.Clone(from.pins), v)) {
		bar(true, "cadre_pinned", domain.Params{"other": string(p.Villages[from.pins[0]].Code)})
	}
	return bars
}

// LeaderBar is what keeps the candidate from leading teams of the unit (rule 6); false where nothing does.
func (p *Problem) LeaderBar(c, u int) (Reason, bool) {
	if p.cadres[c].leads && p.cadres[c].unit == u {
		return Reason{}, false
	}
	who := &p.Cadres[c]
	return Reason{"bar.leader", domain.Params{"cadre": who.ID, "unit": p.Units[u].ID, "own": who.Unit, "grade": who.Grade,
		"mid": who.MidLevel, "least": p.rules.leaderGrade, "level": string(p.Units[u].Level)}}, true
}
