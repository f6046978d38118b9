package calendar_test

import (
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jieli/internal/domain"
	"jieli/internal/selection/calendar"
)

func TestDayIsChinas(t *testing.T) {
	for at, want := range map[string]string{"2023-05-01T15:59:59Z": "2023-05-01", "2023-05-01T16:00:00Z": "2023-05-02", "2023-12-31T23:00:00Z": "2024-01-01"} {
		instant, err := time.Parse(time.RFC3339, at)
		if got := calendar.Day(instant); err != nil || got != want {
			t.Errorf("%s: %s, want %s", at, got, want)
		}
	}
}

func dates(phase domain.Phase, from, to string) domain.PhaseDates {
	return domain.PhaseDates{Phase: phase, From: from, To: to}
}

func TestFaultsOfACalendar(t *testing.T) {
	good := domain.Calendar{Phases: []domain.PhaseDates{dates(domain.PhaseVillages, "2023-05-01", "2023-05-10"), dates(domain.PhaseQuotas, "2023-05-05", "2023-05-06")},
		Holidays: []string{"2023-05-01"}}
	if err := calendar.Check(good); err != nil {
		t.Error(err)
	}
	for key, c := range map[string]domain.Calendar{
		"calendar.unknown_phase": {Phases: []domain.PhaseDates{dates("party", "2023-05-01", "2023-05-02")}},
		"calendar.bad_days":      {Phases: []domain.PhaseDates{dates(domain.PhaseLock, "2023-05-02", "2023-05-02")}},
		"calendar.out_of_order":  {Phases: []domain.PhaseDates{dates(domain.PhaseLock, "2023-05-01", "2023-05-02"), dates(domain.PhaseNeeds, "2023-05-01", "2023-05-02")}},
		"calendar.bad_day":       {Holidays: []string{"5月1日"}},
	} {
		var told *domain.Error
		if err := calendar.Check(c); !errors.As(err, &told) || told.Key != key || told.Kind != domain.KindInvalid {
			t.Errorf("%s: %v", key, err)
		}
	}
	early := domain.Calendar{Phases: []domain.PhaseDates{dates(domain.PhaseNeeds, "2023-05-03", "2023-05-09"), dates(domain.PhaseQuotas, "2023-05-02", "2023-05-09")}}
	if calendar.Check(early) == nil {
		t.Error("a phase begins before the one that it follows")
	}
}

func TestPhasesAreHalfOpen(t *testing.T) {
	c := domain.Calendar{Phases: []domain.PhaseDates{dates(domain.PhaseNeeds, "2023-05-03", "2023-05-05")}}
	for day, want := range map[string]bool{"2023-05-02": false, "2023-05-03": true, "2023-05-04": true, "2023-05-05": false} {
		if calendar.Open(c, domain.PhaseNeeds, day) != want || calendar.Open(c, domain.PhaseLock, day) {
			t.Errorf("%s: %v", day, !want)
		}
	}
}

// The State Council's calendar of May 2023: 29 April to 3 May off, 23 April and 6 May worked.
var may = domain.Calendar{Holidays: []string{"2023-05-01", "2023-05-02", "2023-05-03"}, Workdays: []string{"2023-04-23", "2023-05-06"}}

func TestPublicityCountsWholeDaysAfterTheFirst(t *testing.T) {
	for _, c := range []struct {
		from    string
		days    int64
		working bool
		end     string
	}{
		{"2023-04-28", 5, false, "2023-05-04"}, // 29 April to 3 May
		{"2023-04-28", 5, true, "2023-05-10"},  // 4, 5, 6, 8, 9 May
		{"2023-05-15", 5, true, "2023-05-23"},  // 16–19 and 22 May
		{"2023-05-15", 0, true, "2023-05-16"},
		{"nonsense", 5, true, ""},
	} {
		if got := calendar.PublicityEnd(may, c.from, c.days, c.working); got != c.end {
			t.Errorf("%+v: %s", c, got)
		}
	}
}

func TestPublicityHoldsAsManyDaysAsAskedFor(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		start := time.Date(2023, 4, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 400).Draw(t, "start"))
		days, working := rapid.Int64Range(1, 60).Draw(t, "days"), rapid.Bool().Draw(t, "working")
		end := calendar.PublicityEnd(may, start.Format(time.DateOnly), days, working)
		var counted int64
		last := start
		for day := start.AddDate(0, 0, 1); day.Format(time.DateOnly) < end; day = day.AddDate(0, 0, 1) {
			if !working || calendar.Working(may, day) {
				counted++
				last = day
			}
		}
		if counted != days || last.AddDate(0, 0, 1).Format(time.DateOnly) != end {
			t.Fatalf("%s to %s holds %d days, want %d", start.Format(time.DateOnly), end, counted, days)
		}
	})
}
