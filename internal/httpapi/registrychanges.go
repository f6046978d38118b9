package httpapi

import (
	"context"

	"jieli/internal/domain"
	"jieli/internal/registry"
	"jieli/internal/registry/catalogue"
)

type changesInput struct {
	EntityPath
	Body RegistryChanges
}

// changeRecords changes records, or says what would come of it.
func (s *server) changeRecords(ctx context.Context, in *changesInput) (*answer[RegistryVerdict], error) {
	actor, entity := granted(ctx).account, catalogue.Entity(in.Entity)
	changes, origin, err := s.wanted(ctx, entity, in.Body)
	if err != nil {
		return nil, inBody(err)
	}
	var set registry.ChangeSet
	var outcomes []registry.Outcome
	if in.Body.DryRun {
		outcomes, err = s.options.Registry.Judge(ctx, actor, entity, changes)
	} else {
		o := registry.ApplyOptions{Origin: origin, Reason: in.Body.Reason, GoodOnly: in.Body.GoodOnly}
		set, outcomes, err = s.options.Registry.Apply(ctx, actor, entity, changes, o)
	}
	if told, _ := known(err); err != nil && told.Key != "registry.refused" {
		return nil, inBody(err)
	}
	return answering(s.verdict(ctx, in, set, outcomes)), nil
}

// wanted are the changes that a body asks for, and where they come from.
func (s *server) wanted(ctx context.Context, e catalogue.Entity, body RegistryChanges) ([]registry.Change, string, error) {
	if body.Query == nil {
		changes := make([]registry.Change, len(body.Records))
		for i, c := range body.Records {
			changes[i] = registry.Change(c)
		}
		if len(changes) == 0 {
			return nil, "", &domain.Error{Kind: domain.KindInvalid, Key: "request.required", Field: "records", Params: domain.Params{"want": "records"}}
		}
		if len(changes) == 1 {
			return changes, registry.OriginForm, nil
		}
		return changes, registry.OriginBulk, nil
	}
	if len(body.Records) > 0 || len(body.Values) == 0 {
		return nil, "", &domain.Error{Kind: domain.KindInvalid, Key: "registry.query_and_records", Field: "query"}
	}
	changes, err := s.matching(ctx, body.Query.query(string(e)), body.Values)
	if err == nil && len(changes) != body.Count {
		err = &domain.Error{Kind: domain.KindConflict, Key: "registry.count_changed", Field: "count", Params: domain.Params{"count": len(changes), "shown": body.Count}}
	}
	return changes, registry.OriginBulk, err
}

// matching asks for the values of all records that a query finds.
func (s *server) matching(ctx context.Context, q registry.Query, values map[string]string) ([]registry.Change, error) {
	spec, _ := catalogue.Of(q.Entity)
	q.Sort, q.Columns = nil, []string{spec.Key}
	var changes []registry.Change
	return changes, s.options.Registry.Each(ctx, granted(ctx).account, q, func(r catalogue.Record) error {
		changes = append(changes, registry.Change{Key: r.Key, Version: r.Version, Values: values})
		return nil
	})
}

// mostTold is how many refusals are told of a change by query.
const mostTold = 500

func (s *server) verdict(ctx context.Context, in *changesInput, set registry.ChangeSet, outcomes []registry.Outcome) RegistryVerdict {
	out := RegistryVerdict{Outcomes: []RegistryOutcome{}}
	if set.ID != "" {
		written := authors{own: granted(ctx).account.ID, names: map[string]string{set.Actor: granted(ctx).account.Name}}.set(set)
		out.ChangeSet = &written
	}
	words := s.words(ctx, catalogue.Entity(in.Entity))
	for _, o := range outcomes {
		out.Counts.count(o.Kind)
		if in.Body.Query != nil && (o.Kind != registry.Refused || len(out.Outcomes) == mostTold) {
			continue
		}
		told := RegistryOutcome{Key: o.Key, Kind: o.Kind, Faults: make([]RegistryFault, len(o.Faults))}
		for i, f := range o.Faults {
			told.Faults[i] = faultOf(words, f)
		}
		out.Outcomes = append(out.Outcomes, told)
	}
	return out
}

func (c *RegistryCounts) count(kind string) {
	switch kind {
	case registry.Added:
		c.Added++
	case registry.Changed:
		c.Changed++
	case registry.Same:
		c.Same++
	case registry.Refused:
		c.Refused++
	}
}

type changeSetsInput struct {
	EntityPath
	Limit int `query:"limit" minimum:"1" maximum:"200" default:"50"`
}

// changeSets gives the newest change sets of a table.
func (s *server) changeSets(ctx context.Context, in *changeSetsInput) (*answer[RegistryChangeSetList], error) {
	sets, err := s.options.Registry.ChangeSets(ctx, granted(ctx).account, catalogue.Entity(in.Entity), in.Limit)
	if err != nil {
		return nil, err
	}
	who, err := s.authors(ctx, actorsOf(sets))
	if err != nil {
		return nil, err
	}
	out := RegistryChangeSetList{Sets: make([]RegistryChangeSet, len(sets))}
	for i, set := range sets {
		out.Sets[i] = who.set(set)
	}
	return answering(out), nil
}

type changeSetInput struct {
	ChangeSetPath
	Page
}

// changeSet tells what a change set did.
func (s *server) changeSet(ctx context.Context, in *changeSetInput) (*answer[RegistryChangeSetDetail], error) {
	set, changes, err := s.options.Registry.Changes(ctx, granted(ctx).account, in.Set)
	if err != nil {
		return nil, err
	}
	who, err := s.authors(ctx, []string{set.Actor})
	if err != nil {
		return nil, err
	}
	out := RegistryChangeSetDetail{Set: who.set(set), Total: len(changes), Records: []RegistryRecordChange{}}
	changes = changes[min(in.Offset, len(changes)):]
	for _, c := range changes[:min(in.Limit, len(changes))] {
		out.Records = append(out.Records, RegistryRecordChange{Key: c.Key, Kind: kindOf(c), Fields: deltasOf(set.Entity, c)})
	}
	return answering(out), nil
}

// undoChanges takes a change set back.
func (s *server) undoChanges(ctx context.Context, in *ChangeSetPath) (*answer[RegistryChangeSet], error) {
	actor := granted(ctx).account
	set, err := s.options.Registry.Undo(ctx, actor, in.Set)
	if err != nil {
		return nil, err
	}
	return answering(authors{own: actor.ID, names: map[string]string{actor.ID: actor.Name}}.set(set)), nil
}
