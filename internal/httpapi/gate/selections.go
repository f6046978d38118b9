package gate

import (
	"context"
	"strings"

	"jieli/internal/access"
	"jieli/internal/domain"
	"jieli/internal/selection"
)

func (o Override) permit() selection.Permit {
	return selection.Permit{Override: strings.TrimSpace(o.Override)}
}

// Selections lists those that concern the caller's area.
func (h Handlers) Selections(ctx context.Context, _ *struct{}) (*Answer[SelectionList], error) {
	found, err := h.gate.Selections(ctx, h.caller(ctx).Account)
	if err != nil {
		return nil, err
	}
	return answering(SelectionList{Selections: mapped(found, selectionOf)}), nil
}

type openInput struct{ Body NewSelection }

// OpenSelection opens a selection on a planned round, or with a new one.
func (h Handlers) OpenSelection(ctx context.Context, in *openInput) (*Answer[Selection], error) {
	b := in.Body
	return selectionAnswer(h.gate.Open(ctx, h.caller(ctx).Account, selection.Opening{
		Round: b.Round, Name: b.Name, FromYear: b.FromYear, ToYear: b.ToYear, Headcount: b.Headcount, Specialities: b.Specialities,
		Region: b.Region, Day: b.Day, Posts: b.Posts, Preferred: b.Preferred, Calendar: b.Calendar,
	}))
}

// Selection tells where a selection stands.
func (h Handlers) Selection(ctx context.Context, in *SelectionPath) (*Answer[SelectionOverview], error) {
	g := h.caller(ctx)
	o, err := h.gate.Overview(ctx, g.Account, in.Round)
	if err != nil {
		return nil, err
	}
	return answering(SelectionOverview{
		Selection: selectionOf(o.Selection), Round: selectionRoundOf(o.Feeds), Today: o.Today, Open: listed(o.Open),
		Runs:     access.Decide(g.Actor, access.OverrideSelection, o.Region.Scope()).Allow,
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

// SetCalendar changes the calendar.
func (h Handlers) SetCalendar(ctx context.Context, in *calendarInput) (*Answer[Selection], error) {
	return selectionAnswer(h.gate.SetCalendar(ctx, h.caller(ctx).Account, in.Round, in.Body.Version, in.Body.Calendar))
}

type aimsInput struct {
	SelectionPath
	Body AimsChange
}

// SetAims changes what the selection aims at.
func (h Handlers) SetAims(ctx context.Context, in *aimsInput) (*Answer[Selection], error) {
	aims := selection.Aims{Posts: in.Body.Posts, Preferred: in.Body.Preferred}
	return selectionAnswer(h.gate.SetAims(ctx, h.caller(ctx).Account, in.Round, in.Body.Version, aims))
}

type lockInput struct {
	SelectionPath
	Body LockEntry
}

// LockSelection makes those chosen the round's candidates, for good.
func (h Handlers) LockSelection(ctx context.Context, in *lockInput) (*Answer[Selection], error) {
	return selectionAnswer(h.gate.Lock(ctx, h.caller(ctx).Account, in.Round, in.Body.Version, in.Body.permit()))
}

func selectionAnswer(sel domain.Selection, err error) (*Answer[Selection], error) {
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

func selectionRoundOf(r domain.Round) SelectionRound {
	return SelectionRound{
		ID: r.ID, Name: r.Name, FromYear: r.FromYear, ToYear: r.ToYear, Status: r.Status, Headcount: r.Headcount, Specialities: listed(r.Specialities),
	}
}
