package reading

import (
	"context"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"
)

// sheetPart is one sheet of a workbook.
type sheetPart struct {
	name   string
	part   string
	hidden bool
}

// workbook is an .xlsx file with what all its sheets share.
type workbook struct {
	archive  *archive
	sheets   []sheetPart
	dates    []bool // by cell style: whether numbers of the style are dates
	date1904 bool
	shared   []string
}

type relation struct {
	ID     string `xml:"Id,attr"`
	Type   string `xml:"Type,attr"`
	Target string `xml:"Target,attr"`
	Mode   string `xml:"TargetMode,attr"`
}

func openWorkbook(ctx context.Context, upload io.ReaderAt, size int64, limits Limits) (*workbook, error) {
	a, err := openArchive(upload, size, limits)
	if err != nil {
		return nil, err
	}
	root, err := a.relations(ctx, "_rels/.rels")
	if err != nil {
		return nil, orEnded(ctx, refuse("not_workbook", nil))
	}
	main := ""
	for _, r := range root {
		if strings.HasSuffix(r.Type, "/officeDocument") {
			main = target("", r.Target)
		}
	}
	if _, ok := a.parts[partName(main)]; !ok {
		return nil, refuse("not_workbook", nil)
	}
	book := &workbook{archive: a}
	return book, book.load(ctx, main)
}

// orEnded is why the context has ended, else the error.
func orEnded(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}

// load reads the workbook's own part and what it points to.
func (b *workbook) load(ctx context.Context, main string) error {
	relations, err := b.archive.relations(ctx, path.Join(path.Dir(main), "_rels", path.Base(main)+".rels"))
	if err != nil {
		return err
	}
	if err := b.readSheets(ctx, main, relations); err != nil {
		return err
	}
	for _, r := range relations {
		part := target(path.Dir(main), r.Target)
		switch {
		case strings.HasSuffix(r.Type, "/styles"):
			err = b.readStyles(ctx, part)
		case strings.HasSuffix(r.Type, "/sharedStrings"):
			err = b.readShared(ctx, part)
		case strings.HasSuffix(r.Type, "/externalLink"):
			err = refuse("external_link", map[string]any{"part": r.Target})
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (b *workbook) readSheets(ctx context.Context, main string, relations []relation) error {
	text, err := b.archive.small(ctx, main)
	if err != nil {
		return err
	}
	var book struct {
		Properties struct {
			Date1904 string `xml:"date1904,attr"`
		} `xml:"workbookPr"`
		Sheets []struct {
			Name  string     `xml:"name,attr"`
			State string     `xml:"state,attr"`
			Attrs []xml.Attr `xml:",any,attr"`
		} `xml:"sheets>sheet"`
	}
	if err := xml.Unmarshal(text, &book); err != nil {
		return broken(main, err)
	}
	b.date1904 = book.Properties.Date1904 == "1" || book.Properties.Date1904 == "true"
	for _, s := range book.Sheets {
		for _, a := range s.Attrs {
			if a.Name.Local != "id" {
				continue
			}
			if part := worksheetOf(relations, a.Value); part != "" {
				b.sheets = append(b.sheets, sheetPart{s.Name, target(path.Dir(main), part), s.State != "" && s.State != "visible"})
			}
		}
	}
	if len(b.sheets) == 0 {
		return refuse("no_sheet", nil)
	}
	return nil
}

// worksheetOf is the target of a relation to a worksheet; charts and dialogs are no tables.
func worksheetOf(relations []relation, id string) string {
	for _, r := range relations {
		if r.ID == id && strings.HasSuffix(r.Type, "/worksheet") {
			return r.Target
		}
	}
	return ""
}

// relations reads a part of relations. External ones are hyperlinks at most, and nothing follows them.
func (a *archive) relations(ctx context.Context, name string) ([]relation, error) {
	text, err := a.small(ctx, name)
	if err != nil {
		return nil, err
	}
	var all struct {
		Relations []relation `xml:"Relationship"`
	}
	if err := xml.Unmarshal(text, &all); err != nil {
		return nil, broken(name, err)
	}
	var inside []relation
	for _, r := range all.Relations {
		if r.Mode != "External" {
			inside = append(inside, r)
		}
	}
	return inside, nil
}

// target is the part that a relation names, seen from the folder of the part that it stands in.
func target(folder, name string) string {
	if strings.HasPrefix(name, "/") {
		return strings.TrimPrefix(path.Clean(name), "/")
	}
	return path.Join(folder, name)
}

func (b *workbook) find(name string) (sheetPart, bool) {
	for _, s := range b.sheets {
		if s.name == name {
			return s, true
		}
	}
	return sheetPart{}, false
}

// choose is the sheet of the name, else the first that a person sees.
func (b *workbook) choose(name string) (sheetPart, error) {
	if s, ok := b.find(name); ok {
		return s, nil
	}
	for _, s := range b.sheets {
		if !s.hidden {
			return s, nil
		}
	}
	return sheetPart{}, refuse("no_sheet", nil)
}

// walker walks over the cells of a sheet.
func (b *workbook) walker(s sheetPart) func(context.Context, visitor) error {
	return func(ctx context.Context, v visitor) error {
		body, err := b.archive.open(ctx, s.part)
		if err != nil {
			return err
		}
		defer func() { _ = body.Close() }()
		return told(s.part, (&worksheet{book: b, scanner: newScanner(body, b.archive.limits.CellText), visitor: v}).walk())
	}
}

// told gives a fault of the XML a word; errors that have one, and the caller's, pass.
func told(part string, err error) error {
	for _, known := range []error{errMalformed, errDoctype, errLongToken, errNotUTF8, io.ErrUnexpectedEOF} {
		if errors.Is(err, known) {
			return broken(part, err)
		}
	}
	return toldArchive(part, err)
}
