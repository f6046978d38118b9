package problem

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"slices"

	"jieli/internal/dispatch/spread"
	"jieli/internal/domain"
)

// The files of a plan folder (dispatch contract §4).
const (
	teamsFile       = "teams.csv"
	membersFile     = "members.csv"
	unservedFile    = "unserved.csv"
	certificateFile = "certificate.csv"
	summaryFile     = "summary.json"
)

func teamID(n int) string { return fmt.Sprintf("T%06d", n) }

// Summary is summary.json.
type Summary struct {
	Score    int64   `json:"score"`
	Bound    int64   `json:"bound"`
	Gap      float64 `json:"gap"`
	Tight    int64   `json:"tight_bound,omitempty"` // the unit-wise bound, and the gap to it
	TightGap float64 `json:"tight_gap,omitempty"`
	Teams    int     `json:"teams"`
	Members  int     `json:"members"`
	Unserved int     `json:"unserved"`
	Status   string  `json:"status"`
	Seconds  float64 `json:"seconds"`

	Fairness *spread.FairnessSummary `json:"fairness,omitempty"`
	Kept     *KeptSummary            `json:"kept,omitempty"` // only of a plan that was made from an earlier one
}

// KeptSummary is Kept in summary.json.
type KeptSummary struct {
	Teams     int   `json:"teams"`
	Members   int   `json:"members"`
	Bonus     int64 `json:"bonus"`
	Objective int64 `json:"objective"`
	Bound     int64 `json:"bound"`
}

// PlanFiles are the plan's files by dispatch contract §4, and tight.csv where it has a TightBound; words puts the reasons in unserved.csv. The same plan gives
// the same bytes, but for the seconds in the summary.
func (p *Problem) PlanFiles(plan Plan, words Words) ([]File, error) {
	unserved := p.Unserved(plan.Teams)
	fairness := p.Fairness(plan.Teams).Summary()
	summary, err := json.MarshalIndent(Summary{
		Score: plan.Score, Bound: plan.Bound, Gap: plan.Gap(), Tight: plan.TightBound, TightGap: plan.TightGap(), Teams: len(plan.Teams), Members: plan.Members(),
		Unserved: len(unserved), Status: string(plan.Status), Seconds: math.Round(plan.Seconds*1000) / 1000,
		Fairness: &fairness, Kept: (*KeptSummary)(plan.Kept),
	}, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("summary: %w", err)
	}
	files := []File{
		csvFile(teamsFile, sortedRows([]string{"team", "unit", "villages"}, p.teamRows(plan.Teams))),
		csvFile(membersFile, sortedRows([]string{"team", "cadre", "role"}, p.memberRows(plan.Teams))),
		csvFile(unservedFile, sortedRows([]string{"village", "reason"}, unservedRows(unserved, words))),
		csvFile(certificateFile, sortedRows([]string{"kind", "id", "price"}, p.priceRows(plan.Prices))),
	}
	if p.hasTight(&plan) {
		files = append(files, csvFile(tightFile, sortedRows([]string{"kind", "id", "price"}, p.tightRows(plan.Tight))))
	}
	return append(files, File{summaryFile, append(summary, '\n')}), nil
}

// sortedRows puts the heading before the rows, sorted by their first column, then the second.
func sortedRows(head []string, rows [][]string) [][]string {
	slices.SortFunc(rows, func(a, b []string) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) })
	return append([][]string{head}, rows...)
}

func (p *Problem) teamRows(teams []Team) [][]string {
	rows := make([][]string, 0, len(teams))
	for _, t := range teams {
		codes := make([]domain.Code, 0, len(t.Villages))
		for _, v := range t.Villages {
			codes = append(codes, p.Villages[v].Code)
		}
		rows = append(rows, []string{t.ID, p.Units[t.Unit].ID, joined(codes)})
	}
	return rows
}

func (p *Problem) memberRows(teams []Team) [][]string {
	var rows [][]string
	for _, t := range teams {
		for i, c := range t.Members {
			role := domain.RoleMember
			if i == 0 {
				role = domain.RoleLeader
			}
			rows = append(rows, []string{t.ID, p.Cadres[c].ID, string(role)})
		}
	}
	return rows
}

func unservedRows(unserved []domain.Unserved, words Words) [][]string {
	rows := make([][]string, 0, len(unserved))
	for _, u := range unserved {
		params := map[string]any{}
		for name, n := range u.Params {
			params[name] = n
		}
		rows = append(rows, []string{string(u.Village), words(u.Reason, params)})
	}
	return rows
}
