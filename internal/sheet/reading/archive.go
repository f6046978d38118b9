package reading

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"strings"

	"jieli/internal/domain"
)

// archive is a zip whose claims were checked; reading from it counts what really comes out.
type archive struct {
	parts  map[string]*zip.File // by lower-case name: programs find parts without regard to case
	limits Limits
}

// bigPart is the size from which a part's ratio is looked at: tiny parts of repeated words pack well and harm nobody.
const bigPart = 1 << 20

func openArchive(upload io.ReaderAt, size int64, limits Limits) (*archive, error) {
	files, err := zip.NewReader(upload, size)
	if err != nil {
		return nil, broken("zip", err)
	}
	if len(files.File) > limits.Entries {
		return nil, refuse("bomb.entries", domain.Params{"limit": limits.Entries})
	}
	a := &archive{map[string]*zip.File{}, limits}
	left, unpacked, ratio := uint64(max(size, 0)), uint64(max(limits.Unpacked, 0)), uint64(max(limits.Ratio, 1))
	for _, f := range files.File {
		name := partName(f.Name)
		if _, twice := a.parts[name]; twice {
			return nil, broken(f.Name, errors.New("two parts of one name"))
		}
		a.parts[name] = f
		switch {
		case f.UncompressedSize64 > unpacked:
			return nil, refuse("bomb.unpacked", domain.Params{"limit": megabytes(limits.Unpacked)})
		case f.UncompressedSize64 > bigPart && f.UncompressedSize64/max(f.CompressedSize64, 1) > ratio:
			return nil, refuse("bomb.ratio", domain.Params{"limit": limits.Ratio})
		case f.CompressedSize64 > left: // parts that share their bytes
			return nil, refuse("bomb.overlap", domain.Params{"limit": megabytes(size)})
		}
		unpacked -= f.UncompressedSize64
		left -= f.CompressedSize64
	}
	return a, a.refuseActive()
}

func partName(name string) string {
	return strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(name, `\`, "/"), "/"))
}

// refuseActive refuses what could do more than hold a table.
func (a *archive) refuseActive() error {
	for name, file := range a.parts {
		switch {
		case strings.HasSuffix(name, "vbaproject.bin"), strings.HasPrefix(name, "xl/macrosheets/"), strings.HasPrefix(name, "xl/activex/"):
			return refuse("macro", domain.Params{"part": file.Name})
		case name == "xl/workbook.bin":
			return refuse("old_format", nil)
		case strings.HasPrefix(name, "xl/externallinks/"):
			return refuse("external_link", domain.Params{"part": file.Name})
		case strings.HasPrefix(name, "xl/embeddings/"):
			return refuse("embedded", domain.Params{"part": file.Name})
		case file.Flags&1 != 0 || name == "encryptedpackage":
			return refuse("encrypted", nil)
		}
	}
	types, err := a.small(context.Background(), "[content_types].xml")
	if err != nil {
		return refuse("not_workbook", nil)
	}
	if bytes.Contains(bytes.ToLower(types), []byte("macroenabled")) {
		return refuse("macro", domain.Params{"part": "[Content_Types].xml"})
	}
	return nil
}

// open streams a part, at most as many bytes as all parts may have together.
func (a *archive) open(ctx context.Context, name string) (io.ReadCloser, error) {
	file, ok := a.parts[partName(name)]
	if !ok {
		return nil, broken(name, errors.New("missing"))
	}
	body, err := file.Open()
	if err != nil {
		return nil, broken(name, err)
	}
	return &part{ctx, body, a.limits.Unpacked, a.limits.Unpacked}, nil
}

// smallPart bounds the parts that are held as a whole: the list of sheets, relations, styles.
const smallPart = 8 << 20

func (a *archive) small(ctx context.Context, name string) ([]byte, error) {
	body, err := a.open(ctx, name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = body.Close() }()
	text, err := io.ReadAll(io.LimitReader(body, smallPart+1))
	if err != nil {
		return nil, broken(name, err)
	}
	if len(text) > smallPart {
		return nil, refuse("bomb.unpacked", domain.Params{"limit": megabytes(smallPart)})
	}
	return text, nil
}

// part counts down what may still come and stops when the caller has gone.
type part struct {
	ctx   context.Context
	body  io.ReadCloser
	left  int64
	limit int64
}

// Read gives the next bytes, an error once the limit is passed or the context has ended.
func (p *part) Read(to []byte) (int, error) {
	if err := p.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := p.body.Read(to)
	if p.left -= int64(n); p.left < 0 {
		return 0, refuse("bomb.unpacked", domain.Params{"limit": megabytes(p.limit)})
	}
	return n, err
}

// Close ends the reading.
func (p *part) Close() error { return p.body.Close() }
