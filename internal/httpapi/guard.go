package httpapi

import (
	"context"
	"net/http"

	"jieli/internal/access"
	"jieli/internal/domain"
	"jieli/internal/store"
)

// guard stands in front of the handler of a route: it finds out who asks and which region they ask about, has access
// decide, and hands the handler the scope that it may read.
func (s *server) guard(r route, next http.Handler) http.Handler {
	open := access.Decide(access.Actor{}, r.action, domain.Scope{}).Allow
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		s.of(req.Context()).pattern = r.pattern
		if open {
			next.ServeHTTP(w, req)
			return
		}
		g, err := s.check(req, r)
		if err != nil {
			s.fail(w, req, err)
			return
		}
		next.ServeHTTP(w, req.WithContext(context.WithValue(req.Context(), grantKey{}, g)))
	})
}

// check decides about one request: first whether the caller may do such a thing at all, then whether there.
func (s *server) check(req *http.Request, r route) (grant, error) {
	ctx := req.Context()
	g, err := s.identify(ctx, r.action)
	if err != nil {
		return grant{}, err
	}
	if d := access.Decide(g.actor, r.action, g.actor.Scope); !d.Allow {
		return grant{}, refusal(d, "")
	}
	target, err := g.aim(req, r.scope)
	if err != nil {
		return grant{}, err
	}
	if d := access.Decide(g.actor, r.action, target); !d.Allow {
		return grant{}, refusal(d, g.region)
	}
	g.scope = g.actor.Scope.Intersect(target)
	return s.boundByArea(ctx, g, req, r)
}

// aim finds the region that the request names, the caller's own where it names none.
func (g *grant) aim(req *http.Request, rule scopeRule) (domain.Scope, error) {
	asked := rule.asked(req)
	switch {
	case asked == "" && rule.required:
		return domain.Scope{}, &domain.Error{Kind: domain.KindInvalid, Key: "request.required", Field: rule.place()}
	case asked == "":
		return g.actor.Scope, nil
	}
	code, err := domain.ParseCode(asked)
	if err != nil {
		return domain.Scope{}, located(err, rule.place())
	}
	g.region = code
	return code.Scope(), nil
}

// identify says who asks: the account of the session, or nobody. A process on this machine is one that needs no account,
// but only for what machines may do: people sign in here too.
func (s *server) identify(ctx context.Context, action access.Action) (grant, error) {
	account, err := s.signedIn(ctx)
	if err != nil {
		return grant{}, err
	}
	x := s.of(ctx)
	x.account = account.ID
	machine := access.Actor{Role: access.RoleMachine}
	if account.ID == "" && x.local && access.Decide(machine, action, domain.Scope{}).Allow {
		return grant{actor: machine}, nil
	}
	return grant{actor: access.Of(account), account: account, region: account.Region}, nil
}

// refusal puts a decision in an error. What lies outside the scope is not confirmed to exist.
func refusal(d access.Decision, region domain.Code) error {
	switch d.Reason {
	case access.OutsideScope:
		return domain.NotFound("region", string(region))
	case access.SignedOut:
		return &domain.Error{Kind: domain.KindSignedOut, Key: d.Reason}
	}
	return &domain.Error{Kind: domain.KindForbidden, Key: d.Reason}
}

// boundByArea narrows the grant to the area of the plan or round that the path names. One of another area is not found.
func (s *server) boundByArea(ctx context.Context, g grant, req *http.Request, r route) (grant, error) {
	rule := r.scope
	if !rule.plan && !rule.round {
		return g, nil
	}
	err := s.store.Read(ctx, func(tx *store.Tx) error {
		thing, id, round := "round", req.PathValue("round"), req.PathValue("round")
		if rule.plan {
			plan, err := store.PlanByID(tx, req.PathValue("plan"))
			if err != nil {
				return err
			}
			thing, id, round = "plan", plan.ID, plan.Round
		}
		area, err := roundArea(tx, round)
		if err != nil {
			return err
		}
		if g.actor.Scope.Intersect(area).Empty() {
			return domain.NotFound(thing, id)
		}
		if d := access.Decide(g.actor, r.action, area); rule.entire && !d.Allow {
			return refusal(d, area.From)
		}
		g.whole = g.actor.Scope.Covers(area)
		if g.scope = g.scope.Intersect(area); g.scope.Empty() {
			return domain.NotFound("region", string(g.region))
		}
		return nil
	})
	return g, err
}

// roundArea is where a round is held: the division that issued the policy in force for it.
func roundArea(tx *store.Tx, id string) (domain.Scope, error) {
	round, err := store.RoundByID(tx, id)
	if err != nil {
		return domain.Scope{}, err
	}
	policy, err := store.PolicyByID(tx, round.Policy)
	if err != nil {
		return domain.Scope{}, err
	}
	return areaOf(policy), nil
}

// areaOf is the area of a policy version: that of the division that issued it, nothing where none is named.
func areaOf(p domain.PolicyVersion) domain.Scope {
	if !p.Region.Valid() {
		return domain.Scope{}
	}
	return p.Region.Scope()
}
