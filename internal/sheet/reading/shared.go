package reading

import (
	"archive/zip"
	"compress/flate"
	"context"
	"errors"
	"strconv"
	"strings"

	"jieli/internal/domain"
)

// readShared holds the workbook's shared strings in memory, up to the limit.
func (b *workbook) readShared(ctx context.Context, part string) error {
	body, err := b.archive.open(ctx, part)
	if err != nil {
		return err
	}
	defer func() { _ = body.Close() }()
	return told(part, b.sharedStrings(newScanner(body, b.archive.limits.CellText)))
}

func (b *workbook) sharedStrings(s *scanner) error {
	total := int64(0)
	for {
		kind, err := s.next()
		if err != nil || kind == endOfFile {
			return err
		}
		if kind != startTag || string(s.name) != "si" {
			continue
		}
		text, err := richText(s, "si", b.archive.limits.CellText)
		if err != nil {
			return err
		}
		if total += int64(len(text)); total > b.archive.limits.Strings || len(b.shared) == maxStrings {
			return refuse("bomb.strings", domain.Params{"limit": megabytes(b.archive.limits.Strings)})
		}
		b.shared = append(b.shared, text)
	}
}

// richText reads the runs of text up to the end of the element that the scanner stands on, without the readings (rPh)
// that East Asian files may carry beside the characters.
func richText(s *scanner, element string, limit int) (string, error) {
	if s.empty {
		return "", nil
	}
	var text []byte
	inside, reading := false, false
	for {
		kind, err := s.next()
		switch {
		case err != nil:
			return "", err
		case kind == endOfFile || len(text) > limit:
			return "", errLongToken
		case kind == charData && inside && !reading:
			if text, err = s.appendText(text); err != nil {
				return "", err
			}
			continue
		case kind == charData:
			continue
		}
		open := kind == startTag && !s.empty
		switch string(s.name) {
		case "t":
			inside = open
		case "rPh":
			reading = open
		case element:
			if kind == endTag {
				return clean(unescapeControls(string(text))), nil
			}
		}
	}
}

// unescapeControls undoes the way in which workbooks write characters that XML cannot hold: _x000D_ (ECMA-376 part 1, ST_Xstring).
func unescapeControls(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	var out strings.Builder
	for i := 0; i < len(s); i++ {
		if len(s)-i >= 7 && s[i] == '_' && s[i+1] == 'x' && s[i+6] == '_' {
			if n, err := strconv.ParseUint(s[i+2:i+6], 16, 16); err == nil && (n < 0xD800 || n > 0xDFFF) {
				out.WriteRune(rune(n))
				i += 6
				continue
			}
		}
		out.WriteByte(s[i])
	}
	return out.String()
}

// clean takes away what nobody sees: control characters, marks of byte order and direction, spaces at the ends, the
// ideographic and the unbreakable ones too. A line break inside stays as one.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\u00a0':
			return ' '
		case r == '\n':
			return r
		case r < ' ' || r == 0x7f || r == '\ufeff' || r == '\u200b', '\u202a' <= r && r <= '\u202e', '\u2066' <= r && r <= '\u2069':
			return -1
		}
		return r
	}, s)
	return strings.TrimSpace(s)
}

// toldArchive gives a fault of the packing a word.
func toldArchive(part string, err error) error {
	var corrupt flate.CorruptInputError
	if errors.As(err, &corrupt) || errors.Is(err, zip.ErrChecksum) || errors.Is(err, zip.ErrFormat) || errors.Is(err, zip.ErrAlgorithm) {
		return broken(part, err)
	}
	return err
}
