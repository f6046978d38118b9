package dispatch

import (
	"context"
	"slices"

	"jieli/internal/dispatch/problem"
	"jieli/internal/domain"
)

// Question asks why a kept plan is as it is. At most one of Team and Village names a place, at most one of Unit and
// Cadre what is missed there; without a place the question is about the whole plan.
type Question struct {
	Plan    string
	Team    string
	Village domain.Code
	Unit    string // why does this unit not lead there
	Cadre   string // why does this candidate not serve there
}

// Viewer is what the one who asks may see: the places of a scope, and whether that is all of the plan.
type Viewer struct {
	Scope domain.Scope
	Whole bool
}

// Answer has one of the three, as the question was.
type Answer struct {
	Plan    *problem.PlanAnswer
	Village *problem.VillageAnswer
	Wish    *problem.WhyNotAnswer
}

// Explain answers a question by the prices of the plan's certificate, within what the viewer may see: of the plan as a
// whole only who sees all of it is told, villages of a team and candidates elsewhere are left out, and what lies
// outside is not confirmed to exist.
//
// Errors: plan.not_found; dispatch.plan_without_files, dispatch.one_question, problem.unknown_unit (KindInvalid);
// dispatch.village.not_found, team.not_found, dispatch.cadre.not_found.
func (w *Warm) Explain(ctx context.Context, viewer Viewer, q Question) (Answer, error) {
	wishes, places := q.Unit != "" || q.Cadre != "", q.Team != "" || q.Village != ""
	if q.Unit != "" && q.Cadre != "" || q.Team != "" && q.Village != "" || wishes && !places {
		return Answer{}, &domain.Error{Kind: domain.KindInvalid, Key: "dispatch.one_question"}
	}
	if !places && !viewer.Whole {
		return Answer{}, domain.NotFound("plan", q.Plan)
	}
	if q.Village != "" && !viewer.Scope.Holds(q.Village) {
		return Answer{}, domain.NotFound("dispatch.village", string(q.Village))
	}
	s, err := w.session(ctx, q.Plan)
	if err != nil {
		return Answer{}, err
	}
	if !places {
		answer := s.explainer().Plan()
		return Answer{Plan: &answer}, nil
	}
	v, err := s.place(viewer.Scope, q)
	if err != nil {
		return Answer{}, err
	}
	if wishes {
		return s.wish(viewer, q, v)
	}
	answer, err := s.explainer().Village(v)
	if err != nil {
		return Answer{}, err
	}
	if !viewer.Whole {
		s.narrow(viewer.Scope, &answer)
	}
	return Answer{Village: &answer}, nil
}

// place is the village of the question: the one named, or the first one of the team that lies in the scope.
func (s *session) place(scope domain.Scope, q Question) (domain.Code, error) {
	if q.Village != "" {
		if _, known := s.problem.VillageAt(q.Village); !known {
			return "", domain.NotFound("dispatch.village", string(q.Village))
		}
		return q.Village, nil
	}
	at := slices.IndexFunc(s.plan.Teams, func(t problem.Team) bool { return t.ID == q.Team })
	if at >= 0 {
		for _, v := range s.plan.Teams[at].Villages {
			if code := s.problem.Villages[v].Code; scope.Holds(code) {
				return code, nil
			}
		}
	}
	return "", domain.NotFound("team", q.Team)
}

// wish answers why the unit or candidate is not at the village.
func (s *session) wish(viewer Viewer, q Question, village domain.Code) (Answer, error) {
	if q.Unit != "" {
		answer, err := s.explainer().WhyNotUnit(q.Unit, village)
		return Answer{Wish: &answer}, err
	}
	if c, known := s.problem.CadreAt(q.Cadre); !known || !viewer.Whole && !s.within(viewer.Scope, c) {
		return Answer{}, domain.NotFound("dispatch.cadre", q.Cadre)
	}
	answer, err := s.explainer().WhyNotCadre(q.Cadre, village)
	return Answer{Wish: &answer}, err
}

// within says whether the candidate is one of the scope: serves at a village there, or comes from a unit that may serve
// nowhere else.
func (s *session) within(scope domain.Scope, cadre int) bool {
	if at, serves := s.explainer().Serves(cadre); serves {
		return scope.Holds(at)
	}
	unit, known := s.problem.UnitAt(s.problem.Cadres[cadre].Unit)
	return known && scope.Covers(s.problem.Units[unit].Region.Scope())
}

// narrow leaves out of an answer what lies outside the scope.
func (s *session) narrow(scope domain.Scope, a *problem.VillageAnswer) {
	if u := a.Unserved; u != nil && !scope.Covers(u.County.Code.Scope()) {
		u.County = problem.CountyNumbers{}
	}
	if a.Team == nil {
		return
	}
	a.Team.Villages = slices.DeleteFunc(a.Team.Villages, func(c domain.Code) bool { return !scope.Holds(c) })
	for i := range a.Team.Seats {
		next := a.Team.Seats[i].Next
		if next == nil {
			continue
		}
		if c, known := s.problem.CadreAt(next.Cadre); !known || !s.within(scope, c) {
			a.Team.Seats[i].Next = nil
		}
	}
}
