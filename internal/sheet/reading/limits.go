package reading

import (
	"time"

	"jieli/internal/domain"
)

// Limits bound what a file may cost. All are inclusive.
type Limits struct {
	Packed   int64         // bytes of the upload
	Unpacked int64         // bytes of all parts of an archive together
	Ratio    int64         // unpacked to packed size of one part of more than 1 MiB
	Entries  int           // parts of an archive
	Strings  int64         // bytes of the shared strings, as text
	Rows     int           // rows with a value, headers included
	Columns  int           // the last column with a value
	EmptyRun int           // empty rows in a row between two with a value
	CellText int           // bytes of one cell
	Time     time.Duration // for one reading from start to end
}

// DefaultLimits fit a province's registry with room to spare: 35,000 cadres are about 6 MB packed.
func DefaultLimits() Limits {
	return Limits{
		Packed: 20 << 20, Unpacked: 200 << 20, Ratio: 100, Entries: 500, Strings: 64 << 20,
		Rows: 100_000, Columns: 256, EmptyRun: 1000, CellText: 4 * maxCellRunes, Time: time.Minute,
	}
}

// maxCellRunes is how much Excel itself lets into a cell.
const maxCellRunes = 32_767

// maxStrings bounds the number of shared strings, since each costs memory even when empty.
const maxStrings = 1_000_000

// refuse is the answer to a file that is not taken; key is the message's without "sheet.".
func refuse(key string, params domain.Params) *domain.Error {
	return &domain.Error{Kind: domain.KindInvalid, Key: "sheet." + key, Field: "file", Params: params}
}

// broken is the answer to a file that claims a format and does not keep it.
func broken(part string, cause error) *domain.Error {
	err := refuse("broken", domain.Params{"part": part})
	err.Cause = cause
	return err
}
