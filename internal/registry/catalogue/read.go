package catalogue

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"jieli/internal/domain"
)

// reading is what a value is read for.
type reading struct {
	entity Entity
	field  Field
	labels Labels
}

type reader func(r reading, written string) (string, *Fault)

// readers read the text of each type.
var readers = map[Type]reader{
	Text: readText, Integer: readInteger, Boolean: readBoolean, Date: readDate, Choice: readChoice, Choices: readChoices,
	RegionAt: readRegion, UnitID: readID, UnitIDs: readIDs, Villages: readVillages, Secret: readSecret,
}

func readText(r reading, written string) (string, *Fault) {
	value := prose(written)
	if !utf8.ValidString(value) || strings.ContainsFunc(value, unicode.IsControl) || strings.ContainsRune(value, utf8.RuneError) {
		return "", fault(r.field, strings.ToValidUTF8(value, "�"), "registry.bad_character", nil)
	}
	return value, nil
}

var wholeNumber = regexp.MustCompile(`^[+-]?\d{1,15}(\.0*)?$`)

// readInteger takes thousands separators and the ".0" that spreadsheets add.
func readInteger(r reading, written string) (string, *Fault) {
	text := strings.ReplaceAll(folded(written), ",", "")
	limits := map[string]any{"min": r.field.Min, "max": r.field.Max}
	if !wholeNumber.MatchString(text) {
		return "", fault(r.field, written, "registry.not_integer", limits)
	}
	whole, _, _ := strings.Cut(text, ".")
	n, err := strconv.ParseInt(whole, 10, 64)
	switch {
	case err != nil:
		return "", fault(r.field, written, "registry.not_integer", limits)
	case n < r.field.Min || n > r.field.Max:
		return "", fault(r.field, written, "registry.out_of_range", limits)
	}
	return strconv.FormatInt(n, 10), nil
}

var booleans = map[string]string{
	"是": "1", "有": "1", "√": "1", "✓": "1", "1": "1", "true": "1", "yes": "1", "y": "1",
	"否": "0", "无": "0", "×": "0", "✗": "0", "0": "0", "false": "0", "no": "0", "n": "0",
}

func readBoolean(r reading, written string) (string, *Fault) {
	if value, ok := booleans[strings.ToLower(folded(written))]; ok {
		return value, nil
	}
	return "", fault(r.field, written, "registry.not_boolean", nil)
}

var (
	dayText   = regexp.MustCompile(`^(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?( 00:00(:00)?)?$`)
	dayDigits = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})$`)
	monthText = regexp.MustCompile(`^(\d{4})[-./年](\d{1,2})月?$`)
)

// readDate takes 2021-3-5, 2021.3.5, 2021/3/5, 2021年3月5日 and 20210305, and where the field allows it 2021.3.
func readDate(r reading, written string) (string, *Fault) {
	text := folded(written)
	day := ""
	if m := firstMatch(text, dayText, dayDigits); m != nil {
		day = m[1] + "-" + twoDigits(m[2]) + "-" + twoDigits(m[3])
	} else if m := monthText.FindStringSubmatch(text); m != nil {
		if !r.field.MonthOnly {
			return "", fault(r.field, written, "registry.day_missing", nil)
		}
		day = m[1] + "-" + twoDigits(m[2]) + "-01"
	}
	parsed, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return "", fault(r.field, written, "registry.not_date", nil)
	}
	if year := int64(parsed.Year()); year < r.field.Min || r.field.Max > 0 && year > r.field.Max {
		return "", fault(r.field, written, "registry.year_out_of_range", map[string]any{"min": r.field.Min, "max": r.field.Max})
	}
	return day, nil
}

func firstMatch(text string, patterns ...*regexp.Regexp) []string {
	for _, p := range patterns {
		if m := p.FindStringSubmatch(text); m != nil {
			return m
		}
	}
	return nil
}

func twoDigits(s string) string {
	if len(s) == 1 {
		return "0" + s
	}
	return s
}

func readChoice(r reading, written string) (string, *Fault) {
	if value, ok := r.option(prose(written)); ok {
		return value, nil
	}
	return "", fault(r.field, written, "registry.not_option", nil)
}

// option finds a value as it is, with the zero that spreadsheets cut off, or by its label.
func (r reading) option(written string) (string, bool) {
	plain := folded(written)
	for _, o := range r.field.Options {
		if o.Value == plain || o.Value == "0"+plain {
			return o.Value, true
		}
	}
	if r.labels == nil {
		return "", false
	}
	return r.labels(r.entity, r.field, written)
}

func readChoices(r reading, written string) (string, *Fault) {
	var all []string
	for _, part := range parts(written) {
		value, ok := r.option(part)
		if !ok {
			return "", fault(r.field, part, "registry.not_option", nil)
		}
		all = append(all, value)
	}
	return Join(all), nil
}

func readRegion(r reading, written string) (string, *Fault) {
	code, err := domain.ParseCode(folded(written))
	if err != nil {
		return "", fault(r.field, written, "registry.not_region", nil)
	}
	return string(code), nil
}

var identifier = regexp.MustCompile(`^[0-9A-Za-z][0-9A-Za-z._-]{0,31}$`)

func readID(r reading, written string) (string, *Fault) {
	value := folded(written)
	if !identifier.MatchString(value) {
		return "", fault(r.field, written, "registry.not_id", nil)
	}
	return value, nil
}

func readIDs(r reading, written string) (string, *Fault) {
	var all []string
	for _, part := range parts(written) {
		value, bad := readID(r, part)
		if bad != nil {
			return "", bad
		}
		all = append(all, value)
	}
	return Join(all), nil
}

func readVillages(r reading, written string) (string, *Fault) {
	var all []string
	for _, part := range parts(written) {
		if code := domain.Code(part); !code.Valid() || code.Level() != domain.LevelVillage {
			return "", fault(r.field, part, "registry.not_village", nil)
		}
		all = append(all, part)
	}
	return Join(all), nil
}

func readSecret(_ reading, written string) (string, *Fault) {
	return strings.ToUpper(strings.ReplaceAll(folded(written), " ", "")), nil
}
