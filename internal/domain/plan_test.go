package domain

import (
	"errors"
	"io"
	"math"
	"testing"
)

func TestGap(t *testing.T) {
	for _, c := range []struct {
		score, bound, tight int64
		gap, relaxation     float64
	}{
		{90, 100, 0, 0.1, 0}, {100, 100, 0, 0, 0}, {-110, -100, 0, 0.1, 0}, {5, 0, 0, 0, 0},
		{90, 200, 100, 0.1, 0.5}, {90, 100, 120, 0.1, 0}, {-110, 10, -100, 0.1, 11},
	} {
		p := Plan{Score: c.score, Bound: c.bound, TightBound: c.tight}
		if math.Abs(p.Gap()-c.gap) > 1e-12 || math.Abs(p.RelaxationGap()-c.relaxation) > 1e-12 {
			t.Errorf("%+v: gap %v, the relaxation's %v", c, p.Gap(), p.RelaxationGap())
		}
	}
}

func TestScorePartsAddUp(t *testing.T) {
	parts := ScoreParts{UnitMatch: 1, UnitPrior: 20, UnitStrength: 300, UnitDistance: -4000, Further: 50000, MemberMatch: 600000,
		MemberRural: 7000000, MemberYoung: 80000000, LeaderGrade: 900000000}
	if got := parts.Total(); got != 987646321 {
		t.Error(got)
	}
}

func TestErrorTellsTheCauseToTheLogOnly(t *testing.T) {
	err := &Error{Kind: KindInvalid, Key: "team.size", Field: "members", Cause: io.EOF}
	if err.Error() != "invalid: team.size (members): EOF" || !errors.Is(err, io.EOF) {
		t.Error(err)
	}
	if missing := NotFound("team", "T7"); missing.Error() != "not_found: team.not_found" || missing.Params["id"] != "T7" {
		t.Error(missing)
	}
}
