package dispatch

import (
	"context"

	"jieli/internal/dispatch/changes"
	"jieli/internal/dispatch/folder"
	"jieli/internal/dispatch/problem"
	"jieli/internal/domain"
	"jieli/internal/store"
)

// Explain prepares answers about a kept plan, from the problem and the certificate that were kept with it: what the round's
// data have become since does not matter. Reading them takes as long as reading a problem; keep the answer's maker.
//
// Errors: plan.not_found; dispatch.plan_without_files (KindInvalid) for a recorded plan, which has none.
func (s Service) Explain(ctx context.Context, planID string) (*problem.Explainer, error) {
	p, folder, err := s.keptPlan(ctx, planID)
	if err != nil {
		return nil, err
	}
	return p.Explain(folder.Plan), nil
}

// Compare lists the changes from one kept plan to another, with their causes by the other one's problem.
//
// Errors: as Explain.
func (s Service) Compare(ctx context.Context, formerID, planID string) ([]changes.Change, error) {
	p, folder, err := s.keptPlan(ctx, planID)
	if err != nil {
		return nil, err
	}
	former, err := s.formerPlan(ctx, p, formerID)
	if err != nil {
		return nil, err
	}
	return changes.List(p, former.Former, folder.Teams), nil
}

// keptPlan reads a kept plan and its problem from their archives.
func (s Service) keptPlan(ctx context.Context, id string) (*problem.Problem, *problem.PlanFolder, error) {
	packed, certificate, err := s.archives(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	files, err := folder.Unpack(packed)
	if err != nil {
		return nil, nil, err
	}
	p, faults := problem.Decode(problem.InMemory(files))
	if len(faults) > 0 {
		return nil, nil, withoutFiles(id)
	}
	if files, err = folder.Unpack(certificate); err != nil {
		return nil, nil, err
	}
	folder, faults := p.ReadPlan(problem.InMemory(files))
	if len(faults) > 0 {
		return nil, nil, withoutFiles(id)
	}
	return p, folder, nil
}

// formerPlan reads a kept plan to start from in another problem, which may not know all that it names.
func (s Service) formerPlan(ctx context.Context, p *problem.Problem, id string) (*problem.PlanFolder, error) {
	_, certificate, err := s.archives(ctx, id)
	if err != nil {
		return nil, err
	}
	files, err := folder.Unpack(certificate)
	if err != nil {
		return nil, err
	}
	folder, faults := p.ReadStart(problem.InMemory(files))
	if len(faults) > 0 {
		return nil, withoutFiles(id)
	}
	return folder, nil
}

// archives are the packed problem and certificate of a kept plan.
func (s Service) archives(ctx context.Context, id string) (packed, certificate []byte, err error) {
	err = s.Store.Read(ctx, func(tx *store.Tx) error {
		if _, err := store.PlanByID(tx, id); err != nil {
			return err
		}
		packed, certificate, err = store.PlanArchives(tx, id)
		return err
	})
	if err == nil && (len(packed) == 0 || len(certificate) == 0) {
		err = withoutFiles(id)
	}
	return packed, certificate, err
}

func withoutFiles(id string) error {
	return &domain.Error{Kind: domain.KindInvalid, Key: "dispatch.plan_without_files", Params: domain.Params{"id": id}}
}
