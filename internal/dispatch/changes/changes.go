// Package changes tells what differs between a plan and the earlier one that it was made from, and what forced each
// difference (dispatch contract §7, changes.csv).
package changes

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"slices"
	"strings"

	"jieli/internal/dispatch/problem"
	"jieli/internal/domain"
)

// Kind says what differs between an earlier plan and one that was made from it.
type Kind string

// The kinds of changes. Those of members belong to the team whose first village it is.
const (
	NewlyServed    Kind = "newly_served"     // subject: the unit that now leads there
	NoLongerServed Kind = "no_longer_served" // subject: the unit that led there
	OtherUnit      Kind = "other_unit"       // subject: the unit that now leads there
	ClusterChanged Kind = "cluster_changed"  // subject: the villages that now share a team, ";" between them
	LeaderChanged  Kind = "leader_changed"   // subject: who leads now
	MemberLeft     Kind = "member_left"      // subject: the candidate
	MemberCame     Kind = "member_came"      // subject: the candidate
)

// Change is one difference. Team is the one that serves the village now, empty where none does.
type Change struct {
	Kind    Kind           `json:"kind"`
	Village domain.Code    `json:"village"`
	Team    string         `json:"team,omitempty"`
	Subject string         `json:"subject"`
	Cause   problem.Reason `json:"cause"`
}

// List tells everything in which the teams differ from those of an earlier plan, by kind, village and subject, each
// with what forced it: a rule, a pin, someone who is gone; another change that it follows from; or a better score.
func List(p *problem.Problem, former []problem.FormerTeam, teams []problem.Team) []Change {
	c := &comparer{p: p, old: chart(former), now: chart(p.Former(teams)), teams: teams}
	villages := map[domain.Code]bool{}
	for _, side := range []*planChart{c.old, c.now} {
		for code := range side.at {
			villages[code] = true
		}
	}
	for code := range villages {
		c.village(code)
	}
	slices.SortFunc(c.list, func(a, b Change) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Village, b.Village), cmp.Compare(a.Subject, b.Subject))
	})
	return c.list
}

// planChart is a plan by names.
type planChart struct {
	at    map[domain.Code]*problem.FormerTeam // by village
	of    map[string]*problem.FormerTeam      // by candidate
	led   map[string][]*problem.FormerTeam    // by unit
	total int                                 // members
}

func chart(teams []problem.FormerTeam) *planChart {
	c := &planChart{at: map[domain.Code]*problem.FormerTeam{}, of: map[string]*problem.FormerTeam{}, led: map[string][]*problem.FormerTeam{}}
	for i := range teams {
		t := &teams[i]
		for _, code := range t.Villages {
			c.at[code] = t
		}
		for _, id := range t.Members {
			c.of[id] = t
		}
		c.led[t.Unit] = append(c.led[t.Unit], t)
		c.total += len(t.Members)
	}
	return c
}

// first is the team whose first village it is, or nil.
func (c *planChart) first(code domain.Code) *problem.FormerTeam {
	if t := c.at[code]; t != nil && t.Villages[0] == code {
		return t
	}
	return nil
}

// leads says whether the unit leads a team of the village.
func (c *planChart) leads(unit string, code domain.Code) bool {
	t := c.at[code]
	return t != nil && t.Unit == unit
}

// comparer gathers the changes village by village.
type comparer struct {
	p        *problem.Problem
	old, now *planChart
	teams    []problem.Team
	unserved map[domain.Code]problem.Reason // made when first asked for
	list     []Change
}

func (c *comparer) add(kind Kind, code domain.Code, subject string, cause problem.Reason) {
	change := Change{Kind: kind, Village: code, Subject: subject, Cause: cause}
	if t := c.now.at[code]; t != nil {
		change.Team = t.ID
	}
	c.list = append(c.list, change)
}

func (c *comparer) village(code domain.Code) {
	old, now := c.old.at[code], c.now.at[code]
	switch {
	case old == nil:
		c.add(NewlyServed, code, now.Unit, c.whyServed(code, now))
	case now == nil:
		c.add(NoLongerServed, code, old.Unit, c.whyUnserved(code, old))
	default:
		if old.Unit != now.Unit {
			c.add(OtherUnit, code, now.Unit, c.whyOtherUnit(code, old, now))
		}
		if !sameCluster(old.Villages, now.Villages) {
			c.add(ClusterChanged, code, joined(now.Villages), c.whyCluster(old, now))
		}
	}
	c.members(code)
}

// members compares who is in the teams whose first village it is.
func (c *comparer) members(code domain.Code) {
	var before, after []string
	old, now := c.old.first(code), c.now.first(code)
	if old != nil {
		before = old.Members
	}
	if now != nil {
		after = now.Members
	}
	for _, id := range before {
		if !slices.Contains(after, id) {
			c.add(MemberLeft, code, id, c.whyLeft(code, id, old, now))
		}
	}
	for _, id := range after {
		if !slices.Contains(before, id) {
			c.add(MemberCame, code, id, c.whyCame(code, id, old, now))
		}
	}
	if len(before) > 0 && len(after) > 0 && before[0] != after[0] {
		c.add(LeaderChanged, code, after[0], c.whyLeader(before[0], after, now))
	}
}

// sameCluster says whether both name the same villages, the same one first.
func sameCluster(a, b []domain.Code) bool {
	return a[0] == b[0] && slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}

// fileName is the file of the plan folder that holds the changes.
const fileName = "changes.csv"

// File lists the changes as a file of the plan folder; words puts the causes.
func File(changes []Change, words problem.Words) problem.File {
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	rows := make([][]string, 0, 1+len(changes))
	rows = append(rows, []string{"kind", "village", "team", "subject", "cause"})
	for _, c := range changes {
		cause := strings.Join(strings.Fields(c.Cause.Text(words)), " ")
		rows = append(rows, []string{string(c.Kind), string(c.Village), c.Team, c.Subject, cause})
	}
	_ = w.WriteAll(rows) // a buffer takes everything
	return problem.File{Name: fileName, Data: out.Bytes()}
}

func joined(codes []domain.Code) string {
	list := make([]string, len(codes))
	for i, c := range codes {
		list[i] = string(c)
	}
	return strings.Join(list, ";")
}
