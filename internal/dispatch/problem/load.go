package problem

import (
	"io"
	"os"
	"path/filepath"

	"jieli/internal/domain"
)

// The files of a problem folder (dispatch contract §1).
const (
	villagesFile = "villages.csv"
	unitsFile    = "units.csv"
	cadresFile   = "cadres.csv"
	policyFile   = "policy.csv"
	sharesFile   = "shares.csv"
	pinsFile     = "pins.csv"
)

// fileNames are the files of problem and plan, in the order in which their faults are told.
var fileNames = []string{villagesFile, unitsFile, cadresFile, policyFile, sharesFile, pinsFile,
	teamsFile, membersFile, unservedFile, certificateFile, tightFile, summaryFile}

// Folder opens the files of a folder.
func Folder(dir string) Opener {
	return func(name string) (io.ReadCloser, error) {
		return os.Open(filepath.Join(dir, name)) //nolint:gosec // the user's own folder; the names are the contract's
	}
}

// Load reads a problem folder by dispatch contract §1 and §6. With any fault, of which it tells up to MaxFaults, there
// is no problem. policy.csv, shares.csv and pins.csv may be missing or empty.
func Load(dir string) (*Problem, []Fault) {
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return nil, []Fault{{Key: "problem.no_folder", Params: domain.Params{"folder": dir}}}
	}
	return Decode(Folder(dir))
}

// Decode is Load over any source of files.
func Decode(open Opener) (*Problem, []Fault) {
	d := &decoder{open: open, p: &Problem{}, faults: &faults{}}
	d.readPolicy()
	d.readVillages()
	d.readUnits()
	d.readShares()
	d.readCadres()
	d.readPins()
	d.checkNeighbours()
	d.checkUnits()
	d.p.build()
	d.checkPins()
	if len(d.faults.list) == 0 {
		d.checkMagnitude()
	}
	if len(d.faults.list) > 0 {
		return nil, d.faults.sorted()
	}
	return d.p, nil
}

// decoder reads the files into a problem. Rows with a fault are kept as far as they go, so that what refers to them is
// not told as a fault too; suspect says which.
type decoder struct {
	open                          Opener
	p                             *Problem
	faults                        *faults
	villages, units, cadres, pins *sheet
	suspect                       map[string]bool // file and id of rows with a fault
	pinLines                      []int
}

// keep notes whether the current row has a fault.
func (d *decoder) keep(s *sheet) {
	if s.clean {
		return
	}
	if d.suspect == nil {
		d.suspect = map[string]bool{}
	}
	d.suspect[s.file+s.text(s.id)] = true
}

// sound says whether the file has a row of that id, without a fault.
func (d *decoder) sound(s *sheet, id string) bool {
	_, known := s.lines[id]
	return known && !s.crippled && !d.suspect[s.file+id]
}

// unknown says that the file was read in full and has no row of that id.
func unknown(s *sheet, id string) bool {
	_, known := s.lines[id]
	return s.complete && !known
}
