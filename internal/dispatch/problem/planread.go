package problem

import (
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"slices"
	"strings"

	"jieli/internal/domain"
)

// PlanFolder is a plan as a folder has it. Wrong tells what does not fit the problem or the contract but can be left
// out; Unserved and Summary are what the folder itself says, nil where it does not say.
type PlanFolder struct {
	Plan
	Former   []FormerTeam // the teams as they stand there, by names
	Unserved []domain.Code
	Summary  *Summary
	Wrong    []Fault
}

// ReadPlan reads a plan folder by dispatch contract §4. unserved.csv, summary.json and tight.csv may be missing. The faults tell
// files that cannot be read; with any, there is no plan.
func (p *Problem) ReadPlan(open Opener) (*PlanFolder, []Fault) { return p.readPlan(open, false) }

// ReadStart reads a plan folder to start from, such as one of an earlier version of the problem: what the problem does
// not know is left out, and the certificate may be missing.
func (p *Problem) ReadStart(open Opener) (*PlanFolder, []Fault) { return p.readPlan(open, true) }

func (p *Problem) readPlan(open Opener, start bool) (*PlanFolder, []Fault) {
	r := &planReader{p: p, open: open, faults: &faults{}, wrongs: &faults{}, teams: map[string]int{}, former: map[string]int{}}
	r.readTeams()
	r.readMembers()
	r.dropIncomplete()
	r.readPrices(start)
	if !start {
		r.readTight()
		r.readUnserved()
		r.readSummary()
	}
	if len(r.faults.list) > 0 {
		return nil, r.faults.sorted()
	}
	r.plan.Wrong = r.wrongs.sorted()
	return &r.plan, nil
}

// planReader reads a plan folder: faults are what cannot be read, wrongs what does not fit.
type planReader struct {
	p              *Problem
	open           Opener
	faults, wrongs *faults
	plan           PlanFolder
	teams          map[string]int // position in plan.Teams
	former         map[string]int // position in plan.Former
	leader         []bool         // by team: its leader is known
}

// wrong tells what does not fit in the current row.
func (r *planReader) wrong(s *sheet, column, key string, params domain.Params) {
	r.wrongs.add(s.fault(s.line, column, key, params))
}

func (r *planReader) readTeams() {
	l := layout{file: teamsFile, columns: []string{"team", "unit", "villages"}}
	readSheet(r.open, l, r.faults, func(s *sheet) {
		t := Team{ID: s.text("team"), Unit: r.p.unitAt(s.text("unit"))}
		r.name(s)
		for _, code := range strings.Split(s.text("villages"), ";") {
			if v, known := r.p.village[domain.Code(code)]; known {
				t.Villages = append(t.Villages, v)
			} else {
				r.wrong(s, "villages", "problem.unknown_village", domain.Params{"value": clip(code)})
			}
		}
		_, twice := r.teams[t.ID]
		switch {
		case t.ID == "":
			r.wrong(s, "team", "problem.empty", nil)
		case twice:
			r.wrong(s, "team", "problem.duplicate_team", domain.Params{"value": clip(t.ID)})
		case t.Unit == none:
			r.wrong(s, "unit", "problem.unknown_unit", domain.Params{"value": clip(s.text("unit"))})
		default:
			r.teams[t.ID] = len(r.plan.Teams)
			r.plan.Teams = append(r.plan.Teams, t)
		}
	})
	r.leader = make([]bool, len(r.plan.Teams))
}

// name keeps the team of the row as it stands there.
func (r *planReader) name(s *sheet) {
	t := FormerTeam{ID: s.text("team"), Unit: s.text("unit")}
	for _, code := range strings.Split(s.text("villages"), ";") {
		t.Villages = append(t.Villages, domain.Code(code))
	}
	if _, twice := r.former[t.ID]; !twice {
		r.former[t.ID] = len(r.plan.Former)
		r.plan.Former = append(r.plan.Former, t)
	}
}

func (t *FormerTeam) add(cadre string, role domain.Role) {
	if role == domain.RoleLeader {
		t.Members = slices.Insert(t.Members, 0, cadre)
		return
	}
	t.Members = append(t.Members, cadre)
}

func (r *planReader) readMembers() {
	roles := []domain.Role{domain.RoleLeader, domain.RoleMember}
	l := layout{file: membersFile, columns: []string{"team", "cadre", "role"}}
	readSheet(r.open, l, r.faults, func(s *sheet) {
		i, knownTeam := r.teams[s.text("team")]
		c, knownCadre := r.p.cadre[s.text("cadre")]
		role := oneOf(s, "role", roles)
		if at, named := r.former[s.text("team")]; named {
			r.plan.Former[at].add(s.text("cadre"), role)
		}
		switch {
		case !knownTeam:
			r.wrong(s, "team", "problem.unknown_team", domain.Params{"value": clip(s.text("team"))})
		case !knownCadre:
			r.wrong(s, "cadre", "problem.unknown_cadre", domain.Params{"value": clip(s.text("cadre"))})
		case role == domain.RoleLeader && r.leader[i]:
			r.wrong(s, "role", "problem.two_leaders", domain.Params{"team": clip(s.text("team"))})
		case role == domain.RoleLeader:
			r.leader[i] = true
			r.plan.Teams[i].Members = slices.Insert(r.plan.Teams[i].Members, 0, c)
		default:
			r.plan.Teams[i].Members = append(r.plan.Teams[i].Members, c)
		}
	})
}

// dropIncomplete leaves out teams without a village or a leader.
func (r *planReader) dropIncomplete() {
	kept := r.plan.Teams[:0]
	for i, t := range r.plan.Teams {
		if len(t.Villages) > 0 && r.leader[i] {
			kept = append(kept, t)
			continue
		}
		r.wrongs.add(Fault{File: teamsFile, Key: "problem.team_incomplete", Params: domain.Params{"team": clip(t.ID)}})
	}
	r.plan.Teams = kept
}

func (r *planReader) readUnserved() {
	l := layout{file: unservedFile, optional: true, id: "village", columns: []string{"village", "reason"}}
	s := readSheet(r.open, l, r.faults, func(s *sheet) {
		code := domain.Code(s.text("village"))
		if _, known := r.p.village[code]; !known {
			r.wrong(s, "village", "problem.unknown_village", domain.Params{"value": clip(string(code))})
			return
		}
		r.plan.Unserved = append(r.plan.Unserved, code)
	})
	if s.complete && r.plan.Unserved == nil {
		r.plan.Unserved = []domain.Code{}
	}
}

func (r *planReader) readSummary() {
	in, err := r.open(summaryFile)
	if errors.Is(err, fs.ErrNotExist) {
		return
	}
	if err == nil {
		defer func() { _ = in.Close() }() // it was only read
		var summary Summary
		if err = json.NewDecoder(io.LimitReader(in, 1<<20)).Decode(&summary); err == nil {
			r.plan.Summary = &summary
			return
		}
	}
	r.faults.add(Fault{File: summaryFile, Key: "problem.file_unreadable", Params: domain.Params{"cause": err.Error()}})
}
