package problem

import (
	"bytes"
	"encoding/csv"
	"io"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"jieli/internal/domain"
	"jieli/internal/policy"
)

// File is a file of a problem or plan folder.
type File struct {
	Name string
	Data []byte
}

// Files are the problem's files by dispatch contract §1, such that Decode reads the same problem from them. The same
// problem gives the same bytes.
func (p *Problem) Files() []File {
	return []File{
		csvFile(villagesFile, p.villageRows()), csvFile(unitsFile, p.unitRows()), csvFile(cadresFile, p.cadreRows()),
		csvFile(policyFile, p.policyRows()), csvFile(sharesFile, p.shareRows()), csvFile(pinsFile, p.pinRows()),
	}
}

// InMemory opens files that are held in memory.
func InMemory(files []File) Opener {
	return func(name string) (io.ReadCloser, error) {
		for _, f := range files {
			if f.Name == name {
				return io.NopCloser(bytes.NewReader(f.Data)), nil
			}
		}
		return nil, fs.ErrNotExist
	}
}

func csvFile(name string, rows [][]string) File {
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	_ = w.WriteAll(rows) // a buffer takes everything
	return File{name, out.Bytes()}
}

func (p *Problem) headings(prefix string, columns ...string) []string {
	for _, name := range p.Specialities {
		columns = append(columns, prefix+name)
	}
	return columns
}

func withSkills(row []string, skills domain.Skills) []string {
	for _, n := range skills {
		row = append(row, strconv.Itoa(n))
	}
	return row
}

// rowsOf is the heading and a row for each of the list.
func rowsOf[T any](head []string, list []T, row func(T) []string) [][]string {
	rows := make([][]string, 0, 1+len(list))
	rows = append(rows, head)
	for _, one := range list {
		rows = append(rows, row(one))
	}
	return rows
}

func (p *Problem) villageRows() [][]string {
	head := p.headings(needPrefix, "code", "name", "category", "x", "y", "difficulty", "prior_unit", "neighbours")
	return rowsOf(head, p.Villages, func(v domain.RoundVillage) []string {
		return withSkills([]string{string(v.Code), v.Name, string(v.Category), decimal(v.X), decimal(v.Y), strconv.Itoa(v.Difficulty),
			v.PriorUnit, joined(v.Neighbours)}, v.Needs)
	})
}

func (p *Problem) unitRows() [][]string {
	head := p.headings(skillPrefix, "id", "name", "level", "region", "strength", "lead_unit", "x", "y", "min_teams", "max_teams")
	return rowsOf(head, p.Units, func(u domain.RoundUnit) []string {
		return withSkills([]string{u.ID, u.Name, string(u.Level), u.Region.Prefix(), strconv.Itoa(u.Strength), u.LeadUnit,
			decimal(u.X), decimal(u.Y), decimal(u.MinTeams), decimal(u.MaxTeams)}, u.Skills)
	})
}

func (p *Problem) cadreRows() [][]string {
	head := p.headings(skillPrefix, "id", "unit", "birth_year", "grade", "mid_level", "fit", "young_pool", "rural_years", "terms", "native")
	return rowsOf(head, p.Cadres, func(c domain.Candidate) []string {
		native := string(c.Native)
		if c.Native.Valid() {
			native = native[:domain.LevelTownship.Digits()]
		}
		return withSkills([]string{c.ID, c.Unit, strconv.Itoa(c.BirthYear), strconv.Itoa(c.Grade), bit(c.MidLevel), bit(c.Fit),
			bit(c.YoungPool), strconv.Itoa(c.RuralYears), strconv.Itoa(c.Terms), native}, c.Skills)
	})
}

// policyRows has every key of the contract, so that the files mean the same when a default changes. Other programs do not
// know this product's own key: it stands there only where it was set.
func (p *Problem) policyRows() [][]string {
	keys := slices.DeleteFunc(policy.DispatchKeys(), func(k policy.Key) bool { return k.Name == policy.Keep && p.Policy[k.Name] == k.Default })
	return rowsOf([]string{"key", "value"}, keys, func(k policy.Key) []string {
		return []string{k.Name, decimal(p.Policy[k.Name])}
	})
}

func (p *Problem) shareRows() [][]string {
	return rowsOf([]string{"level", "attribute", "percent", "skill"}, p.Shares, func(s domain.Share) []string {
		return []string{string(s.Level), s.Attribute, decimal(s.Percent), s.Skill}
	})
}

func (p *Problem) pinRows() [][]string {
	return rowsOf([]string{"kind", "subject", "village"}, p.Pins, func(pin domain.Pin) []string {
		return []string{pin.Kind, pin.Subject, string(pin.Village)}
	})
}

func decimal(n int64) string { return strconv.FormatInt(n, 10) }

func bit(b bool) string {
	if b {
		return "1"
	}
	return "0"
}

func joined(codes []domain.Code) string {
	list := make([]string, len(codes))
	for i, c := range codes {
		list[i] = string(c)
	}
	return strings.Join(list, ";")
}
