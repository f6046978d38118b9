package calendar_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"jieli/internal/domain"
	"jieli/internal/selection/calendar"
)

// The State Council's calendar of the autumn of 2023: 29 September to 6 October off, 7 and 8 October worked.
var autumn = domain.Calendar{Holidays: []string{"2023-09-29", "2023-10-02", "2023-10-03", "2023-10-04", "2023-10-05", "2023-10-06"}, Workdays: []string{"2023-10-07", "2023-10-08"}}

func TestWorkingDays(t *testing.T) {
	for day, want := range map[string]bool{
		"2023-09-28": true, "2023-09-29": false, "2023-09-30": false, "2023-10-01": false, "2023-10-02": false, "2023-10-06": false,
		"2023-10-07": true, "2023-10-08": true, "2023-10-09": true, "2023-10-14": false, "2023-10-15": false,
	} {
		at, err := time.Parse(time.DateOnly, day)
		if got := calendar.Working(autumn, at); err != nil || got != want {
			t.Errorf("%s is worked: %v, %v", day, got, err)
		}
	}
}

func TestPublicationsOverAHoliday(t *testing.T) {
	for _, c := range []struct {
		from    string
		days    int64
		working bool
		end     string
	}{
		{"2023-09-28", 1, true, "2023-10-08"},  // 7 October
		{"2023-09-28", 5, true, "2023-10-12"},  // 7, 8, 9, 10, 11 October
		{"2023-09-28", 5, false, "2023-10-04"}, // 29 September to 3 October
		{"2023-10-07", 5, true, "2023-10-13"},  // 8 to 12 October, the 8th a Sunday that is worked
		{"2023-09-30", 3, true, "2023-10-10"},  // put up on a day off: 7, 8, 9
		{"2023-12-29", 2, true, "2024-01-03"},  // over the year's end, no holiday named: 1 and 2 January
		{"2024-02-28", 1, false, "2024-03-01"}, // the leap day counts whole
	} {
		if got := calendar.PublicityEnd(autumn, c.from, c.days, c.working); got != c.end {
			t.Errorf("%+v: %s", c, got)
		}
	}
}

// A calendar that has no working days left does not keep a publication up for ever.
func TestACalendarWithoutWorkingDays(t *testing.T) {
	var none domain.Calendar
	for day := time.Date(2023, 1, 1, 0, 0, 0, 0, time.UTC); day.Year() < 2026; day = day.AddDate(0, 0, 1) {
		none.Holidays = append(none.Holidays, day.Format(time.DateOnly))
	}
	end := calendar.PublicityEnd(none, "2023-05-01", 5, true)
	if !calendar.IsDay(end) || end <= "2024-05-01" || end >= "2025-01-01" {
		t.Errorf("it ends on %s", end)
	}
}

func TestDays(t *testing.T) {
	for text, want := range map[string]bool{"2023-05-01": true, "2024-02-29": true, "2023-02-29": false, "2023-5-1": false, "": false, "2023-05-01T00:00:00Z": false, "2023-13-01": false} {
		if calendar.IsDay(text) != want {
			t.Errorf("%q is a day: %v", text, !want)
		}
	}
}

// whole is a calendar with all phases, a day each, one after the other.
func whole() domain.Calendar {
	var c domain.Calendar
	day := time.Date(2023, 5, 1, 0, 0, 0, 0, time.UTC)
	for _, p := range domain.Phases() {
		next := day.AddDate(0, 0, 1)
		c.Phases = append(c.Phases, dates(p, day.Format(time.DateOnly), next.Format(time.DateOnly)))
		day = next
	}
	return c
}

func TestEachPhaseOnItsDay(t *testing.T) {
	c := whole()
	if err := calendar.Check(c); err != nil {
		t.Fatal(err)
	}
	for i, p := range c.Phases {
		found, set := calendar.Of(c, p.Phase)
		if !set || found != p {
			t.Errorf("%s: %+v, %v", p.Phase, found, set)
		}
		for j, other := range domain.Phases() {
			if open := calendar.Open(c, other, p.From); open != (i == j) {
				t.Errorf("%s is open on the day of %s: %v", other, p.Phase, open)
			}
		}
	}
	c.Phases = c.Phases[:3]
	if found, set := calendar.Of(c, domain.PhaseLock); set || found.Phase != domain.PhaseLock || found.From != "" {
		t.Errorf("a phase without days: %+v, %v", found, set)
	}
}

func TestAFaultNamesItsPlaceAndFigures(t *testing.T) {
	spoilt := func(spoil func(*domain.Calendar)) domain.Calendar {
		c := whole()
		spoil(&c)
		return c
	}
	for what, c := range map[string]struct {
		calendar   domain.Calendar
		key, field string
		param      string
	}{
		"a phase twice":          {spoilt(func(c *domain.Calendar) { c.Phases[4] = c.Phases[3] }), "calendar.out_of_order", "nomination", "2023-05-04"},
		"two phases changed":     {spoilt(func(c *domain.Calendar) { slices.Reverse(c.Phases[7:9]) }), "calendar.out_of_order", "choice", "2023-05-08"},
		"an earlier beginning":   {spoilt(func(c *domain.Calendar) { c.Phases[2].From = "2023-05-01" }), "calendar.out_of_order", "quotas", "2023-05-01"},
		"an end before":          {spoilt(func(c *domain.Calendar) { c.Phases[2].To = "2023-05-01" }), "calendar.bad_days", "quotas", "2023-05-03"},
		"no first day":           {spoilt(func(c *domain.Calendar) { c.Phases[9].From = "" }), "calendar.bad_days", "lock", ""},
		"no last day":            {spoilt(func(c *domain.Calendar) { c.Phases[9].To = "2023-06-31" }), "calendar.bad_days", "lock", "2023-05-10"},
		"a holiday of no day":    {spoilt(func(c *domain.Calendar) { c.Holidays = []string{"2023-05-01", "2023-05-32"} }), "calendar.bad_day", "holidays", ""},
		"a worked day of no day": {spoilt(func(c *domain.Calendar) { c.Workdays = []string{"2023-00-01"} }), "calendar.bad_day", "workdays", ""},
	} {
		var told *domain.Error
		if err := calendar.Check(c.calendar); !errors.As(err, &told) || told.Key != c.key || told.Field != c.field || c.param != "" && told.Params["from"] != c.param {
			t.Errorf("%s: %v %+v", what, err, told)
		}
	}
	if err := calendar.Check(domain.Calendar{}); err != nil {
		t.Errorf("an empty calendar: %v", err)
	}
	overlapping := spoilt(func(c *domain.Calendar) {
		for i := range c.Phases {
			c.Phases[i].From, c.Phases[i].To = "2023-05-01", "2023-06-01"
		}
	})
	if err := calendar.Check(overlapping); err != nil {
		t.Errorf("phases may overlap: %v", err)
	}
}
