package divisions

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"jieli/internal/domain"
)

// maxBytes bounds an unpacked file; the largest real one has 2 MB.
const maxBytes = 16 << 20

// at is a place in a file; line and column count from 1, 0 is unknown.
type at struct {
	file         string
	line, column int
}

// expected is the error that something else stands here than what the message "demo.expect.<what>" says.
func (p at) expected(what, got string) *domain.Error {
	return &domain.Error{
		Kind: domain.KindInvalid, Key: "demo.expect." + what, Field: fmt.Sprintf("%s:%d:%d", p.file, p.line, p.column),
		Params: domain.Params{"file": p.file, "line": p.line, "column": p.column, "got": shorten(got)},
	}
}

func shorten(s string) string {
	const most = 60
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// unpack reads a file whole, through gzip where its name says so.
func unpack(folder fs.FS, name string) ([]byte, error) {
	file, err := folder.Open(name)
	if err != nil {
		return nil, fileError("demo.file_unreadable", name, err)
	}
	defer func() { _ = file.Close() }() // read only: nothing to lose
	var reader io.Reader = file
	if strings.HasSuffix(name, ".gz") {
		if reader, err = gzip.NewReader(file); err != nil {
			return nil, fileError("demo.file_not_gzip", name, err)
		}
	}
	content, err := io.ReadAll(io.LimitReader(reader, maxBytes+1))
	if err != nil {
		return nil, fileError("demo.file_broken_off", name, err)
	}
	if len(content) > maxBytes {
		return nil, fileError("demo.file_too_large", name, nil)
	}
	return content, nil
}

func fileError(key, name string, cause error) error {
	return &domain.Error{Kind: domain.KindInvalid, Key: key, Field: name, Params: domain.Params{"file": name}, Cause: cause}
}

// row is one line of a CSV file, with the places of its fields.
type row struct {
	file   string
	fields []string
	reader *csv.Reader
}

func (r row) at(field int) at {
	line, column := r.reader.FieldPos(field)
	return at{r.file, line, column}
}

// eachRow reads a CSV file with exactly these columns.
func eachRow(folder fs.FS, name string, columns []string, take func(row) error) error {
	content, err := unpack(folder, name)
	if err != nil {
		return err
	}
	reader := csv.NewReader(bytes.NewReader(content))
	reader.FieldsPerRecord = len(columns)
	reader.ReuseRecord = true
	for first := true; ; first = false {
		fields, err := reader.Read()
		if errors.Is(err, io.EOF) && !first {
			return nil
		}
		if err != nil {
			return csvError(name, columns, err)
		}
		r := row{name, fields, reader}
		if first {
			err = r.isHeader(columns)
		} else {
			err = take(r)
		}
		if err != nil {
			return err
		}
	}
}

func (r row) isHeader(columns []string) error {
	for i, want := range columns {
		if r.fields[i] != want {
			e := r.at(i).expected("column", r.fields[i])
			e.Params["want"] = want
			return e
		}
	}
	return nil
}

func csvError(name string, columns []string, err error) error {
	where := at{name, 1, 1}
	var parse *csv.ParseError
	if errors.As(err, &parse) {
		where.line, where.column = parse.Line, parse.Column
	}
	e := where.expected("csv_row", err.Error())
	e.Params["columns"] = strings.Join(columns, ", ")
	return e
}
