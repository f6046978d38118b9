package registry

import (
	"context"

	"jieli/internal/access"
	"jieli/internal/domain"
	"jieli/internal/registry/catalogue"
	"jieli/internal/store"
)

// May says whether the account may do this with any record of the table at all.
func May(actor domain.Account, action access.Action, e catalogue.Entity) bool {
	_, _, err := permit(actor, action, e)
	return err == nil
}

// Event is what one change set did to a record.
type Event struct {
	Set ChangeSet
	RecordChange
}

// mostEvents is how far back a record's trail is told.
const mostEvents = 50

// Trail is what has become of a record, newest first; KindNotFound where the account may not see the record. An account
// outside of whose division a change was made learns what was changed, and neither by whom nor why.
func (s *Service) Trail(ctx context.Context, actor domain.Account, e catalogue.Entity, key string) ([]Event, error) {
	var events []Event
	return events, s.reading(ctx, actor, access.ReadRegistry, e, func(v *viewer) error {
		query, err := v.query(Query{Entity: e})
		if err != nil {
			return err
		}
		query.Keys = []string{key}
		if n, err := store.CountRecords(v.tx, query); err != nil || n == 0 {
			return firstOf(err, domain.NotFound(string(e), key))
		}
		found, err := store.RecordEvents(v.tx, e, key, mostEvents)
		for _, one := range found {
			event, bad := eventOf(v.spec, one)
			if bad != nil {
				return bad
			}
			if !v.reach.Scope.Holds(event.Set.Region) || !mine(actor, event.Set) {
				event.Set.Actor, event.Set.Reason = "", ""
			}
			events = append(events, event)
		}
		return err
	})
}

func firstOf(err, otherwise error) error {
	if err != nil {
		return err
	}
	return otherwise
}

func eventOf(spec catalogue.Spec, e store.RecordEvent) (Event, error) {
	event := Event{Set: e.Set, RecordChange: RecordChange{Key: e.Row.Key}}
	var err error
	if event.Before, err = shownState(spec, e.Row.Before); err != nil {
		return event, err
	}
	event.After, err = shownState(spec, e.Row.After)
	return event, err
}
