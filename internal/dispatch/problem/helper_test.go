package problem_test

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"jieli/internal/dispatch/problem"
	"jieli/internal/domain"
)

const smallFolder = "testdata/small"

// folder is a problem or plan folder in memory, to be edited.
type folder map[string]string

func readFolder(t testing.TB, dir string) folder {
	t.Helper()
	f := folder{}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		data, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		f[e.Name()] = string(data)
	}
	return f
}

func small(t testing.TB) folder { return readFolder(t, smallFolder) }

func folderOf(files []problem.File) folder {
	f := folder{}
	for _, file := range files {
		f[file.Name] = string(file.Data)
	}
	return f
}

func (f folder) open() problem.Opener {
	files := make([]problem.File, 0, len(f))
	for name, data := range f {
		files = append(files, problem.File{Name: name, Data: []byte(data)})
	}
	return problem.InMemory(files)
}

func (f folder) decode() (*problem.Problem, []problem.Fault) { return problem.Decode(f.open()) }

func (f folder) problem(t testing.TB) *problem.Problem {
	t.Helper()
	p, faults := f.decode()
	if len(faults) > 0 {
		t.Fatalf("faults: %v", faults)
	}
	return p
}

// set changes the cell of the column in the row whose first cell is id; a row that is not there is an error.
func (f folder) set(t testing.TB, file, id, column, value string) folder {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(f[file])).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	at := slices.Index(rows[0], column)
	row := slices.IndexFunc(rows, func(r []string) bool { return r[0] == id })
	if at < 0 || row < 0 {
		t.Fatalf("%s has no row %s or no column %s", file, id, column)
	}
	rows[row][at] = value
	f[file] = text(t, rows)
	return f
}

// add puts lines at the end of a file.
func (f folder) add(file string, lines ...string) folder {
	f[file] += strings.Join(lines, "\n") + "\n"
	return f
}

// policy adds key and value to policy.csv.
func (f folder) policy(key string, value int) folder {
	return f.add("policy.csv", key+","+strconv.Itoa(value))
}

// replace swaps text in a file; text that is not there is an error.
func (f folder) replace(t testing.TB, file, old, now string) folder {
	t.Helper()
	if !strings.Contains(f[file], old) {
		t.Fatalf("%s has no %q", file, old)
	}
	f[file] = strings.Replace(f[file], old, now, 1)
	return f
}

// without removes a file.
func (f folder) without(file string) folder {
	delete(f, file)
	return f
}

func text(t testing.TB, rows [][]string) string {
	t.Helper()
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	if err := w.WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// team makes a team from names, the first village first, the leader first.
func team(t testing.TB, p *problem.Problem, id, unit, villages, members string) problem.Team {
	t.Helper()
	out := problem.Team{ID: id, Unit: slices.IndexFunc(p.Units, func(u domain.RoundUnit) bool { return u.ID == unit })}
	for _, code := range strings.Split(villages, ";") {
		out.Villages = append(out.Villages, slices.IndexFunc(p.Villages, func(v domain.RoundVillage) bool { return strings.HasSuffix(string(v.Code), code) }))
	}
	for _, name := range strings.Split(members, ";") {
		out.Members = append(out.Members, slices.IndexFunc(p.Cadres, func(c domain.Candidate) bool { return c.ID == name }))
	}
	if out.Unit < 0 || slices.Contains(out.Villages, -1) || slices.Contains(out.Members, -1) {
		t.Fatalf("unknown name in team %s", id)
	}
	return out
}

func keysOf(faults []problem.Fault) []string {
	keys := make([]string, 0, len(faults))
	for _, f := range faults {
		keys = append(keys, strings.TrimPrefix(f.Key, "problem."))
	}
	return keys
}

func replaceOnce(s, old, now string) string { return strings.Replace(s, old, now, 1) }

// goodTeamOfK4 is unit K4 at its consolidated village.
func goodTeamOfK4() []problem.Team {
	return []problem.Team{{ID: "T", Unit: 6, Villages: []int{6}, Members: []int{21}}}
}
