package reading

import (
	"bytes"
	"context"
	"errors"
	"io"

	"jieli/internal/domain"
)

// Format is how a file is written.
type Format string

// The formats that are read.
const (
	XLSX Format = "xlsx"
	CSV  Format = "csv"
)

// File is an upload that was looked over and may be read. It is for one goroutine and keeps the reader that it was given.
type File struct {
	Format   Format
	Encoding string // of a CSV file: "UTF-8", "GB18030", "UTF-16LE", "UTF-16BE"
	limits   Limits
	book     *workbook
	text     *csvFile
}

// Open looks an upload over by its content, whatever its name is. The error is a domain.Error that says why a file is not
// taken.
func Open(ctx context.Context, upload io.ReaderAt, size int64, limits Limits) (*File, error) {
	if size > limits.Packed {
		return nil, refuse("too_big", domain.Params{"size": megabytes(size), "limit": megabytes(limits.Packed)})
	}
	head := make([]byte, min(size, 4096))
	if _, err := upload.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, limits.Time)
	defer cancel()
	switch {
	case len(bytes.TrimSpace(head)) == 0:
		return nil, refuse("empty", nil)
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("PK\x05\x06")):
		book, err := openWorkbook(ctx, upload, size, limits)
		if err != nil {
			return nil, inTime(ctx, err, limits)
		}
		return &File{Format: XLSX, limits: limits, book: book}, nil
	case bytes.HasPrefix(head, oleMagic):
		return nil, refuseOLE(upload, size)
	}
	text, err := openCSV(ctx, upload, size, head, limits)
	if err != nil {
		return nil, inTime(ctx, err, limits)
	}
	return &File{Format: CSV, Encoding: text.encoding, limits: limits, text: text}, nil
}

// Sheets are the names of the sheets that a person sees, in their order; one without a name for CSV.
func (f *File) Sheets() []string {
	if f.text != nil {
		return []string{""}
	}
	var names []string
	for _, s := range f.book.sheets {
		if !s.hidden {
			names = append(names, s.name)
		}
	}
	return names
}

// Table is the sheet of the name, hidden or not, else the first that a person sees. It is read once from start to end to
// know its size and its merged cells, and to enforce the limits before anybody works with a row.
func (f *File) Table(ctx context.Context, name string) (*Table, error) {
	t := &Table{limits: f.limits}
	if f.text != nil {
		t.walk = f.text.walk
	} else {
		chosen, err := f.book.choose(name)
		if err != nil {
			return nil, err
		}
		t.Name, t.walk = chosen.name, f.book.walker(chosen)
	}
	if err := t.survey(ctx); err != nil {
		return nil, err
	}
	return t, nil
}

// Has says whether the workbook holds a sheet of the name, hidden or not.
func (f *File) Has(name string) bool {
	if f.text != nil {
		return false
	}
	_, found := f.book.find(name)
	return found
}

// inTime turns the end of the time limit into a word; the caller's own cancel stays what it is.
func inTime(ctx context.Context, err error, limits Limits) error {
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return refuse("too_slow", domain.Params{"seconds": int(limits.Time.Seconds())})
	}
	return err
}

func megabytes(bytes int64) int64 { return (bytes + 1<<20 - 1) >> 20 }

// oleMagic begins the compound files of old Office programs.
var oleMagic = []byte{0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1}

// refuseOLE tells an encrypted workbook from an old one: the first holds a stream named EncryptedPackage.
func refuseOLE(upload io.ReaderAt, size int64) error {
	body := make([]byte, size)
	if _, err := upload.ReadAt(body, 0); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	var name []byte
	for _, letter := range []byte("EncryptedPackage") { // in UTF-16
		name = append(name, letter, 0)
	}
	if bytes.Contains(body, name) {
		return refuse("encrypted", nil)
	}
	return refuse("old_format", nil)
}
