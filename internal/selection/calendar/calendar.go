// Package calendar reckons with the days of a selection: which phases are open, and when a publication ends. It is pure;
// days are YYYY-MM-DD in China's time.
package calendar

import (
	"slices"
	"time"

	"jieli/internal/domain"
)

// china is UTC+8 all year.
var china = time.FixedZone("UTC+8", 8*60*60)

// Day is the day in China at the instant.
func Day(at time.Time) string { return at.In(china).Format(time.DateOnly) }

// IsDay says whether the text is a day.
func IsDay(day string) bool {
	_, err := time.Parse(time.DateOnly, day)
	return err == nil
}

// Check says what is wrong with a calendar: a phase that is unknown or named twice, days that are none, a phase that ends
// before it begins, phases that begin in another order than domain.Phases. Errors are KindInvalid with the place in Field.
func Check(c domain.Calendar) error {
	order, last, before := domain.Phases(), -1, ""
	for _, p := range c.Phases {
		place := slices.Index(order, p.Phase)
		switch {
		case place < 0:
			return fault("calendar.unknown_phase", string(p.Phase), nil)
		case !IsDay(p.From) || !IsDay(p.To) || p.To <= p.From:
			return fault("calendar.bad_days", string(p.Phase), domain.Params{"from": p.From, "to": p.To})
		case place <= last || p.From < before:
			return fault("calendar.out_of_order", string(p.Phase), domain.Params{"from": p.From})
		}
		last, before = place, p.From
	}
	if err := checkDays("holidays", c.Holidays); err != nil {
		return err
	}
	return checkDays("workdays", c.Workdays)
}

func checkDays(field string, days []string) error {
	if i := slices.IndexFunc(days, func(day string) bool { return !IsDay(day) }); i >= 0 {
		return fault("calendar.bad_day", field, domain.Params{"day": days[i]})
	}
	return nil
}

func fault(key, field string, params domain.Params) error {
	return &domain.Error{Kind: domain.KindInvalid, Key: key, Field: field, Params: params}
}

// Of gives the days of a phase, and false where the calendar has none: then nothing is open.
func Of(c domain.Calendar, phase domain.Phase) (domain.PhaseDates, bool) {
	i := slices.IndexFunc(c.Phases, func(p domain.PhaseDates) bool { return p.Phase == phase })
	if i < 0 {
		return domain.PhaseDates{Phase: phase}, false
	}
	return c.Phases[i], true
}

// Open says whether the phase is open on the day.
func Open(c domain.Calendar, phase domain.Phase, day string) bool {
	p, set := Of(c, phase)
	return set && p.From <= day && day < p.To
}

// Working says whether the day is worked: Monday to Friday but for Holidays, and the Workdays.
func Working(c domain.Calendar, day time.Time) bool {
	text := day.Format(time.DateOnly)
	switch day.Weekday() {
	case time.Saturday, time.Sunday:
		return slices.Contains(c.Workdays, text)
	default:
		return !slices.Contains(c.Holidays, text)
	}
}

// longestPublicity stops the count where a calendar names no working days at all.
const longestPublicity = 400

// PublicityEnd is the first day after a publication that was put up on the day: the day itself does not count (Civil Code,
// art. 201), then so many whole days follow, working days only where working is set. It is empty for a day that is none.
func PublicityEnd(c domain.Calendar, from string, days int64, working bool) string {
	day, err := time.Parse(time.DateOnly, from)
	if err != nil {
		return ""
	}
	for n := 0; days > 0 && n < longestPublicity; n++ {
		day = day.AddDate(0, 0, 1)
		if !working || Working(c, day) {
			days--
		}
	}
	return day.AddDate(0, 0, 1).Format(time.DateOnly)
}
