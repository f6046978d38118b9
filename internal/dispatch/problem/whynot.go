package problem

import (
	"context"
	"slices"

	"jieli/internal/domain"
)

// WhyNotAnswer says why a unit does not lead at a village, or why a candidate does not serve there.
type WhyNotAnswer struct {
	Village domain.Code `json:"village"`
	Unit    string      `json:"unit,omitempty"`  // asked for
	Cadre   string      `json:"cadre,omitempty"` // asked for
	Already bool        `json:"already"`         // it is so in the plan
	Bars    []Reason    `json:"bars,omitempty"`  // the rules and pins that forbid it
	Loss    *Loss       `json:"loss,omitempty"`  // where nothing forbids it
	Now     string      `json:"now,omitempty"`   // the village at whose team the candidate serves in the plan
}

// wish is a unit, or a candidate, at a village; the other one is none.
type wish struct{ unit, cadre, village int }

// WhyNotUnit says why the unit does not lead the village's team. Errors: problem.unknown_unit, problem.unknown_village
// (KindInvalid).
func (e *Explainer) WhyNotUnit(id string, code domain.Code) (WhyNotAnswer, error) {
	w, err := e.p.unitWish(id, code)
	if err != nil {
		return WhyNotAnswer{}, err
	}
	answer := WhyNotAnswer{Village: code, Unit: id, Bars: e.p.UnitBars(w.unit, w.village)}
	if at := e.at[w.village]; at != none {
		answer.Already = e.plan.Teams[at].Unit == w.unit
	}
	return e.priced(w, answer), nil
}

// WhyNotCadre says why the candidate does not serve in the village's team. Errors: problem.unknown_cadre,
// problem.unknown_village (KindInvalid).
func (e *Explainer) WhyNotCadre(id string, code domain.Code) (WhyNotAnswer, error) {
	w, err := e.p.cadreWish(id, code)
	if err != nil {
		return WhyNotAnswer{}, err
	}
	answer := WhyNotAnswer{Village: code, Cadre: id, Bars: e.p.CadreBars(w.cadre, w.village)}
	answer.Bars = append(answer.Bars, e.p.UnitBars(e.p.cadres[w.cadre].unit, w.village)...)
	if at := e.seat[w.cadre]; at != none {
		t := e.plan.Teams[at]
		answer.Already = slices.Contains(t.Villages, w.village)
		answer.Now = string(e.p.Villages[t.Villages[0]].Code)
	}
	return e.priced(w, answer), nil
}

func (p *Problem) unitWish(id string, code domain.Code) (wish, error) {
	u, known := p.unit[id]
	v, there := p.village[code]
	switch {
	case !known:
		return wish{}, &domain.Error{Kind: domain.KindInvalid, Key: "problem.unknown_unit", Params: domain.Params{"value": clip(id)}}
	case !there:
		return wish{}, unknownVillage(code)
	}
	return wish{u, none, v}, nil
}

func (p *Problem) cadreWish(id string, code domain.Code) (wish, error) {
	c, known := p.cadre[id]
	v, there := p.village[code]
	switch {
	case !known:
		return wish{}, &domain.Error{Kind: domain.KindInvalid, Key: "problem.unknown_cadre", Params: domain.Params{"value": clip(id)}}
	case !there:
		return wish{}, unknownVillage(code)
	}
	return wish{none, c, v}, nil
}

func unknownVillage(code domain.Code) error {
	return &domain.Error{Kind: domain.KindInvalid, Key: "problem.unknown_village", Params: domain.Params{"value": clip(string(code))}}
}

// priced adds what the wish would lose by the prices, where no rule forbids it and it is not so already.
func (e *Explainer) priced(w wish, answer WhyNotAnswer) WhyNotAnswer {
	if answer.Already || len(answer.Bars) > 0 {
		return answer
	}
	u := w.unit
	if u == none {
		u = e.p.cadres[w.cadre].unit
	}
	best, found := int64(0), false
	for _, cluster := range e.p.clustersWith(w.village) {
		if value, ok := e.team(cluster, u, w.cadre); ok && (!found || value > best) {
			best, found = value, true
		}
	}
	if !found {
		answer.Bars = append(answer.Bars, e.p.noTeamBar(u, w.village))
		return answer
	}
	loss := e.loss(e.without([]int{w.village}) + best)
	answer.Loss = &loss
	return answer
}

// noTeamBar tells that the unit has not the people for a team of the village (rules 4 to 6).
func (p *Problem) noTeamBar(u, v int) Reason {
	members, leaders := 0, 0
	for _, c := range p.units[u].pool {
		if p.mayServe(c, []int{v}) {
			members++
			if p.cadres[c].leads {
				leaders++
			}
		}
	}
	least, _ := p.sizes(v)
	return Reason{"bar.no_team", domain.Params{"unit": p.Units[u].ID, "village": string(p.Villages[v].Code),
		"members": members, "leaders": leaders, "min": least}}
}

// Try makes a plan with the wish of an answer that has a loss, and narrows the loss by it: down to what that plan has
// less, up by what its own bound proves. Where no plan with the wish is found, the answer is as before.
func (e *Explainer) Try(ctx context.Context, answer WhyNotAnswer, s Settings) (WhyNotAnswer, error) {
	if answer.Loss == nil {
		return answer, nil
	}
	pin := domain.Pin{Kind: pinUnit, Subject: answer.Unit, Village: answer.Village}
	if answer.Cadre != "" {
		pin.Kind, pin.Subject = pinCadre, answer.Cadre
	}
	pinned, faults := e.p.withPin(pin)
	if len(faults) > 0 {
		answer.Loss, answer.Bars = nil, []Reason{{faults[0].Key, faults[0].Params}}
		return answer, nil
	}
	s.From = &Plan{Teams: e.plan.Teams, Prices: e.prices}
	plan, err := pinned.Solve(ctx, s)
	if err != nil {
		return answer, err
	}
	loss := *answer.Loss
	loss.AtLeast = max(loss.AtLeast, e.plan.Score-plan.Bound)
	if pinned.fulfils(pin, plan.Teams) {
		less := e.plan.Score - plan.Score
		loss.AtMost = &less
	}
	answer.Loss = &loss
	return answer, nil
}

// withPin is the problem with one more pin, and nothing paid for keeping an earlier plan.
func (p *Problem) withPin(pin domain.Pin) (*Problem, []Fault) {
	draft := *p
	draft.Policy = Policy{}
	for name, value := range p.Policy {
		draft.Policy[name] = value
	}
	draft.Policy["keep"] = 0
	draft.Pins = append(slices.Clone(p.Pins), pin)
	return Decode(InMemory(draft.Files()))
}

func (p *Problem) fulfils(pin domain.Pin, teams []Team) bool {
	v := p.village[pin.Village]
	return slices.ContainsFunc(teams, func(t Team) bool {
		if !slices.Contains(t.Villages, v) {
			return false
		}
		return pin.Kind == pinUnit && t.Unit == p.unit[pin.Subject] || pin.Kind == pinCadre && slices.Contains(t.Members, p.cadre[pin.Subject])
	})
}
