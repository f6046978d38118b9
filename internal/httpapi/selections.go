package httpapi

import (
	"context"
	"strings"

	"jieli/internal/access"
	"jieli/internal/domain"
	"jieli/internal/selection"
)

func (s *server) gate() selection.Service { return selection.Service{Store: s.store} }

func (o Override) permit() selection.Permit {
	return selection.Permit{Override: strings.TrimSpace(o.Override)}
}

// selections lists those that concern the caller's area.
func (s *server) selections(ctx context.Context, _ *noInput) (*answer[SelectionList], error) {
	found, err := s.gate().Selections(ctx, granted(ctx).account)
	if err != nil {
		return nil, err
	}
	return answering(SelectionList{Selections: mapped(found, selectionOf)}), nil
}

type openInput struct{ Body NewSelection }

// openSelection opens a selection on a planned round, or with a new one.
func (s *server) openSelection(ctx context.Context, in *openInput) (*answer[Selection], error) {
	b := in.Body
	return selectionAnswer(s.gate().Open(ctx, granted(ctx).account, selection.Opening{
		Round: b.Round, Name: b.Name, FromYear: b.FromYear, ToYear: b.ToYear, Headcount: b.Headcount, Specialities: b.Specialities,
		Region: b.Region, Day: b.Day, Posts: b.Posts, Preferred: b.Preferred, Calendar: b.Calendar,
	}))
}

// selection tells where a selection stands.
func (s *server) selection(ctx context.Context, in *SelectionPath) (*answer[SelectionOverview], error) {
	g := granted(ctx)
	o, err := s.gate().Overview(ctx, g.account, in.Round)
	if err != nil {
		return nil, err
	}
	return answering(SelectionOverview{
		Selection: selectionOf(o.Selection), Round: roundOf(o.Feeds), Today: o.Today, Open: listed(o.Open),
		Runs:     access.Decide(g.actor, access.OverrideSelection, o.Region.Scope()).Allow,
		Villages: o.Villages, Units: o.Units, Places: o.Places,
		Needs: NeedCounts{
			Draft: o.Needs[domain.NeedDraft], Submitted: o.Needs[domain.NeedSubmitted],
			Returned: o.Needs[domain.NeedReturned], Accepted: o.Needs[domain.NeedAccepted],
		},
		Outcomes: OutcomeCounts{
			Open: o.Outcomes[domain.OutcomeOpen], Chosen: o.Outcomes[domain.OutcomeChosen], Reserve: o.Outcomes[domain.OutcomeReserve],
			NotChosen: o.Outcomes[domain.OutcomeNotChosen], Withdrawn: o.Outcomes[domain.OutcomeWithdrawn],
		},
		Publications: mapped(o.Publications, publicationOf), Rules: effectiveOf(o.Rules),
	}), nil
}

type calendarInput struct {
	SelectionPath
	Body CalendarChange
}

// setCalendar changes the calendar.
func (s *server) setCalendar(ctx context.Context, in *calendarInput) (*answer[Selection], error) {
	return selectionAnswer(s.gate().SetCalendar(ctx, granted(ctx).account, in.Round, in.Body.Version, in.Body.Calendar))
}

type aimsInput struct {
	SelectionPath
	Body AimsChange
}

// setAims changes what the selection aims at.
func (s *server) setAims(ctx context.Context, in *aimsInput) (*answer[Selection], error) {
	aims := selection.Aims{Posts: in.Body.Posts, Preferred: in.Body.Preferred}
	return selectionAnswer(s.gate().SetAims(ctx, granted(ctx).account, in.Round, in.Body.Version, aims))
}

type lockInput struct {
	SelectionPath
	Body LockEntry
}

// lockSelection makes those chosen the round's candidates, for good.
func (s *server) lockSelection(ctx context.Context, in *lockInput) (*answer[Selection], error) {
	return selectionAnswer(s.gate().Lock(ctx, granted(ctx).account, in.Round, in.Body.Version, in.Body.permit()))
}

func selectionAnswer(sel domain.Selection, err error) (*answer[Selection], error) {
	if err != nil {
		return nil, inBody(err)
	}
	return answering(selectionOf(sel)), nil
}

func selectionOf(sel domain.Selection) Selection {
	sel.Calendar.Phases = listed(sel.Calendar.Phases)
	return Selection{
		Round: sel.Round, Region: sel.Region, Policy: sel.Policy, Day: sel.Day, Status: sel.Status, Calendar: sel.Calendar, Posts: sel.Posts,
		Preferred: listed(sel.Preferred), Version: sel.Version, ListHash: sel.ListHash, CreatedBy: sel.CreatedBy, CreatedAt: sel.CreatedAt,
		LockedBy: sel.LockedBy, LockedAt: momentOf(sel.LockedAt),
	}
}

// done answers an act that has nothing to tell, or says that the field of its error is one of the body.
func done(err error) (*struct{}, error) { return nil, inBody(err) }
