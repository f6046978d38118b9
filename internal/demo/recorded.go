package demo

import (
	"fmt"

	"jieli/internal/dispatch/problem"
	"jieli/internal/domain"
)

// recordedPlan scores the teams of the round in force by the dispatch contract and gives them as a plan.
func recordedPlan(data Data) (domain.PlanDetail, error) {
	p, err := problemOf(data.Rounds[0])
	if err != nil {
		return domain.PlanDetail{}, err
	}
	plan := p.Recorded(byPosition(p, data.Recorded))
	plan.ID, plan.Round, plan.Policy = RecordedPlan, RoundInForce, data.Rounds[0].Policy.ID
	plan.Name, plan.CreatedBy, plan.CreatedAt = "在驻工作队（示例）", "system", madeAt
	for i := range plan.Teams {
		plan.Teams[i].Plan = plan.ID
	}
	return plan, nil
}

// problemOf makes the dispatch problem of a drawn round. A fault in it is a fault of the draw.
func problemOf(round domain.RoundInput) (*problem.Problem, error) {
	p, faults := problem.FromRound(round)
	if len(faults) > 0 {
		return nil, fmt.Errorf("drawn round %s: %s in %s, line %d: %v", round.Round.ID, faults[0].Key, faults[0].File, faults[0].Line, faults[0].Params)
	}
	return p, nil
}

// byPosition gives the teams by positions in the problem's slices.
func byPosition(p *problem.Problem, recorded []RecordedTeam) []problem.Team {
	units, villages, cadres := map[string]int{}, map[domain.Code]int{}, map[string]int{}
	for i, u := range p.Units {
		units[u.ID] = i
	}
	for i, v := range p.Villages {
		villages[v.Code] = i
	}
	for i, c := range p.Cadres {
		cadres[c.ID] = i
	}
	teams := make([]problem.Team, len(recorded))
	for i, r := range recorded {
		teams[i] = problem.Team{ID: r.ID, Unit: units[r.Unit]}
		for _, v := range r.Villages {
			teams[i].Villages = append(teams[i].Villages, villages[v])
		}
		for _, c := range r.Members {
			teams[i].Members = append(teams[i].Members, cadres[c])
		}
	}
	return teams
}
