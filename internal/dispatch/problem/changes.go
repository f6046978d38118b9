package problem

import (
	"cmp"
	"slices"
	"strings"

	"jieli/internal/domain"
)

// ChangeKind says what differs between an earlier plan and one that was made from it.
type ChangeKind string

// The kinds of changes. Those of members belong to the team whose first village it is.
const (
	NewlyServed    ChangeKind = "newly_served"     // subject: the unit that now leads there
	NoLongerServed ChangeKind = "no_longer_served" // subject: the unit that led there
	OtherUnit      ChangeKind = "other_unit"       // subject: the unit that now leads there
	ClusterChanged ChangeKind = "cluster_changed"  // subject: the villages that now share a team, ";" between them
	LeaderChanged  ChangeKind = "leader_changed"   // subject: who leads now
	MemberLeft     ChangeKind = "member_left"      // subject: the candidate
	MemberCame     ChangeKind = "member_came"      // subject: the candidate
)

// Change is one difference. Team is the one that serves the village now, empty where none does.
type Change struct {
	Kind    ChangeKind  `json:"kind"`
	Village domain.Code `json:"village"`
	Team    string      `json:"team,omitempty"`
	Subject string      `json:"subject"`
	Cause   Reason      `json:"cause"`
}

// Changes lists everything in which the teams differ from those of an earlier plan, by kind, village and subject, each
// with what forced it: a rule, a pin, someone who is gone; another change that it follows from; or a better score.
func (p *Problem) Changes(former []FormerTeam, teams []Team) []Change {
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
	at    map[domain.Code]*FormerTeam // by village
	of    map[string]*FormerTeam      // by candidate
	led   map[string][]*FormerTeam    // by unit
	total int                         // members
}

func chart(teams []FormerTeam) *planChart {
	c := &planChart{at: map[domain.Code]*FormerTeam{}, of: map[string]*FormerTeam{}, led: map[string][]*FormerTeam{}}
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
func (c *planChart) first(code domain.Code) *FormerTeam {
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
	p        *Problem
	old, now *planChart
	teams    []Team
	unserved map[domain.Code]Reason // made when first asked for
	list     []Change
}

func (c *comparer) add(kind ChangeKind, code domain.Code, subject string, cause Reason) {
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

// changesFile holds the changes of a plan that was made from an earlier one (dispatch contract §7).
const changesFile = "changes.csv"

// ChangesFile lists the changes as a file of the plan folder; words puts the causes.
func ChangesFile(changes []Change, words Words) File {
	return csvFile(changesFile, rowsOf([]string{"kind", "village", "team", "subject", "cause"}, changes, func(c Change) []string {
		cause := strings.Join(strings.Fields(c.Cause.Text(words)), " ")
		return []string{string(c.Kind), string(c.Village), c.Team, c.Subject, cause}
	}))
}
