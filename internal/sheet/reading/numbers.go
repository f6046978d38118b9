package reading

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// exactDigits is how many digits of a number a spreadsheet keeps (IEEE 754 double, as Excel shows it).
const exactDigits = 15

// number makes plain digits of a stored number.
func number(stored string) Cell {
	value, err := strconv.ParseFloat(stored, 64)
	if err != nil || math.IsNaN(value) || math.IsInf(value, 0) {
		return Cell{stored, Failed}
	}
	if value == math.Trunc(value) {
		text := strconv.FormatFloat(value, 'f', -1, 64)
		if math.Abs(value) >= 1e15 {
			return Cell{text, Rounded}
		}
		return Cell{strings.TrimPrefix(text, "-0"), Number}.orZero()
	}
	// 0.1+0.2 is stored as 0.30000000000000004 and meant, and shown, as 0.3.
	shown, _ := strconv.ParseFloat(strconv.FormatFloat(value, 'g', exactDigits, 64), 64)
	return Cell{strconv.FormatFloat(shown, 'f', -1, 64), Number}
}

// orZero mends the text of a negative zero.
func (c Cell) orZero() Cell {
	if c.Text == "" {
		c.Text = "0"
	}
	return c
}

// The range of dates that a serial number can mean; 0 is the day before 1900-01-01.
const (
	lastSerial = 2_958_465 // 9999-12-31
	leapBug    = 60        // 1900-02-29, which never was and which Excel has
	shift1904  = 1462      // days between the two epochs
)

// date makes a day of a serial number. The time of day is left out: no field of the registry holds one.
func date(stored string, epoch1904 bool) Cell {
	value, err := strconv.ParseFloat(stored, 64)
	if err != nil || math.IsNaN(value) {
		return Cell{stored, Failed}
	}
	if epoch1904 {
		value += shift1904
	}
	day := math.Floor(value)
	if day < 1 || day > lastSerial || day == leapBug {
		return number(stored)
	}
	if day < leapBug {
		day++
	}
	return Cell{time.Date(1899, 12, 30+int(day), 0, 0, 0, 0, time.UTC).Format(time.DateOnly), Date}
}

// isoDate keeps the day of a cell that holds an ISO 8601 date.
func isoDate(stored string) Cell {
	day, _, _ := strings.Cut(stored, "T")
	if _, err := time.Parse(time.DateOnly, day); err != nil {
		return Cell{clean(stored), Text}
	}
	return Cell{day, Date}
}
