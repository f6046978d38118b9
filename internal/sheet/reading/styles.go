package reading

import (
	"context"
	"encoding/xml"
	"strings"
)

// readStyles learns which cell styles show their numbers as dates: nothing else tells a date from a number.
func (b *workbook) readStyles(ctx context.Context, part string) error {
	text, err := b.archive.small(ctx, part)
	if err != nil {
		return err
	}
	var styles struct {
		Formats []struct {
			ID   int    `xml:"numFmtId,attr"`
			Code string `xml:"formatCode,attr"`
		} `xml:"numFmts>numFmt"`
		Cells []struct {
			Format int `xml:"numFmtId,attr"`
		} `xml:"cellXfs>xf"`
	}
	if err := xml.Unmarshal(text, &styles); err != nil {
		return broken(part, err)
	}
	custom := map[int]string{}
	for _, f := range styles.Formats {
		custom[f.ID] = f.Code
	}
	for _, c := range styles.Cells {
		code, own := custom[c.Format]
		b.dates = append(b.dates, own && showsDate(code) || !own && builtInDate(c.Format))
	}
	return nil
}

// builtInDate says whether a built-in number format shows a day (ECMA-376 part 1, 18.8.30, with the Chinese ones).
func builtInDate(id int) bool {
	switch {
	case 14 <= id && id <= 17, id == 22, 27 <= id && id <= 31, id == 36, 50 <= id && id <= 54, id == 57, id == 58:
		return true
	}
	return false
}

// showsDate says whether a format code shows a year or a day. Quoted and escaped text, colours and locales do not count.
func showsDate(code string) bool {
	quoted, bracket := false, false
	for i := 0; i < len(code); i++ {
		switch c := code[i]; {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '\\' || c == '_' || c == '*':
			i++
		case c == '[':
			bracket = true
		case c == ']':
			bracket = false
		case bracket:
		case strings.IndexByte("yYdDeE", c) >= 0:
			if (c == 'e' || c == 'E') && i+1 < len(code) && (code[i+1] == '+' || code[i+1] == '-') {
				continue // an exponent
			}
			return true
		case c == ';':
			return false // the first part is for positive numbers, which dates are
		}
	}
	return false
}
