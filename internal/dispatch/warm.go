package dispatch

import (
	"container/list"
	"context"
	"sync"

	"jieli/internal/dispatch/problem"
	"jieli/internal/domain"
	"jieli/internal/store"
)

// Warm answers about kept plans and mends them, and keeps the plans that were last asked about loaded, each with its
// problem and its prices: reading a province takes half a second, an answer milliseconds. It is safe for use by several
// goroutines. Make one with NewWarm.
type Warm struct {
	service Service
	most    int64 // bytes

	loading chan struct{} // a place for the one plan that is being loaded
	mu      sync.Mutex
	used    *list.List // of *session, the last used one first
	byPlan  map[string]*list.Element
	size    int64
}

// NewWarm keeps loaded plans in about so many bytes; the last used one is kept whatever its size.
func NewWarm(s *store.Store, most int64) *Warm {
	return &Warm{service: Service{Store: s}, most: most, loading: make(chan struct{}, 1), used: list.New(), byPlan: map[string]*list.Element{}}
}

// session is a loaded plan. Nothing in it changes.
type session struct {
	kept      domain.Plan // as it stood in the store when it was loaded
	problem   *problem.Problem
	plan      problem.Plan
	explainer func() *problem.Explainer // made when first asked for: it works the bound out anew
}

func newSession(kept domain.Plan, p *problem.Problem, plan problem.Plan) *session {
	return &session{kept, p, plan, sync.OnceValue(func() *problem.Explainer { return p.Explain(plan) })}
}

// rowBytes is what a village, unit or candidate takes in memory with its part of a plan, measured on a province and
// rounded up.
const rowBytes = 1000

func (s *session) bytes() int64 {
	return rowBytes * int64(len(s.problem.Villages)+len(s.problem.Units)+len(s.problem.Cadres))
}

// session gives the plan, loaded. The store is asked first, every time: what is loaded counts only as long as the kept
// plan is the same, by the digest of its problem and its figures.
func (w *Warm) session(ctx context.Context, id string) (*session, error) {
	var kept domain.Plan
	err := w.service.Store.Read(ctx, func(tx *store.Tx) (err error) {
		kept, err = store.PlanByID(tx, id)
		return err
	})
	if err != nil {
		return nil, err
	}
	if s := w.loaded(kept); s != nil {
		return s, nil
	}
	select {
	case w.loading <- struct{}{}:
		defer func() { <-w.loading }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if s := w.loaded(kept); s != nil { // somebody else has loaded it meanwhile
		return s, nil
	}
	p, folder, err := w.service.keptPlan(ctx, id)
	if err != nil {
		return nil, err
	}
	plan := folder.Plan
	plan.Score, plan.Bound = kept.Score, kept.Bound
	if plan.Tight.Site != nil {
		plan.TightBound = kept.TightBound
	}
	s := newSession(kept, p, plan)
	w.hold(s)
	return s, nil
}

// loaded is the session of the plan, or nil where there is none or it is of another plan by that id.
func (w *Warm) loaded(kept domain.Plan) *session {
	w.mu.Lock()
	defer w.mu.Unlock()
	at := w.byPlan[kept.ID]
	if at == nil {
		return nil
	}
	s := at.Value.(*session) //nolint:forcetypeassert // the list holds nothing else
	if !samePlan(s.kept, kept) {
		w.drop(at)
		return nil
	}
	w.used.MoveToFront(at)
	return s
}

func samePlan(a, b domain.Plan) bool {
	return a.ProblemDigest == b.ProblemDigest && a.CreatedAt.Equal(b.CreatedAt) && a.Score == b.Score && a.Bound == b.Bound &&
		a.TightBound == b.TightBound && a.Teams == b.Teams && a.Members == b.Members
}

// hold keeps a session and lets go of those that were not used for the longest time, until the rest fit.
func (w *Warm) hold(s *session) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if at := w.byPlan[s.kept.ID]; at != nil {
		w.drop(at)
	}
	w.byPlan[s.kept.ID] = w.used.PushFront(s)
	w.size += s.bytes()
	for w.size > w.most && w.used.Len() > 1 {
		w.drop(w.used.Back())
	}
}

func (w *Warm) drop(at *list.Element) {
	s := w.used.Remove(at).(*session) //nolint:forcetypeassert // the list holds nothing else
	delete(w.byPlan, s.kept.ID)
	w.size -= s.bytes()
}
