package catalogue_test

import (
	"slices"
	"testing"

	"jieli/internal/registry/catalogue"
)

var ladders = []string{catalogue.LadderCivil, catalogue.LadderInstitution, catalogue.LadderFirm}

func optionsOf(t *testing.T, key string) []string {
	t.Helper()
	s, _ := catalogue.Of(catalogue.Cadre)
	f, ok := s.Field(key)
	if !ok || len(f.Options) == 0 {
		t.Fatalf("no options of %s", key)
	}
	all := make([]string, len(f.Options))
	for i, o := range f.Options {
		all[i] = o.Value
	}
	return all
}

// Every grade that the form offers stands on one ladder only, and every ladder that it offers has grades.
func TestEveryGradeStandsOnOneLadder(t *testing.T) {
	if got := optionsOf(t, "ladder"); !slices.Equal(got, ladders) {
		t.Errorf("ladders %v", got)
	}
	held := map[string]int{}
	for _, grade := range optionsOf(t, "grade_rank") {
		on := 0
		for _, ladder := range ladders {
			if catalogue.OnLadder(ladder, grade) {
				on++
				held[ladder]++
			}
		}
		if on != 1 || catalogue.OnLadder("", grade) || catalogue.OnLadder("army", grade) {
			t.Errorf("%s is on %d ladders", grade, on)
		}
	}
	if held[catalogue.LadderCivil] != 12 || held[catalogue.LadderInstitution] != 15 || held[catalogue.LadderFirm] != 6 {
		t.Errorf("grades by ladder: %v", held)
	}
}

// Grades are offered from the highest down, so no later one of a row may stand above an earlier one.
func TestGradesFallAlongTheirLadder(t *testing.T) {
	for _, row := range [][]string{
		{"inspector_1", "inspector_2", "counsel_1", "counsel_2", "counsel_3", "counsel_4", "principal_1", "principal_2", "principal_3", "principal_4", "clerk_1", "clerk_2"},
		{"211", "212", "221", "222", "231", "232", "241", "242", "250", "260"},
		{"title_senior", "title_associate", "title_middle", "title_assistant", "title_junior"},
		{"firm_chief", "firm_expert", "firm_senior", "firm_lead", "firm_specialist", "firm_staff"},
	} {
		last := 13
		for _, grade := range row {
			ladder := ladders[slices.IndexFunc(ladders, func(l string) bool { return catalogue.OnLadder(l, grade) })]
			n := catalogue.Order(ladder, "", grade)
			if n > last || n < 1 || n > 12 {
				t.Errorf("%s stands at %d after %d", grade, n, last)
			}
			last = n
		}
	}
}

// The Provisions of 2019 put grades beside posts: who holds either of a pair stands at the same place.
func TestGradesStandBesideTheirPosts(t *testing.T) {
	for grade, post := range map[string]string{
		"inspector_1": "121", "inspector_2": "122", "counsel_1": "131", "counsel_2": "131", "counsel_3": "132", "counsel_4": "132",
		"principal_1": "141", "principal_2": "141", "principal_3": "142", "principal_4": "142", "clerk_1": "150", "clerk_2": "160",
	} {
		if g, p := catalogue.Order("civil", "", grade), catalogue.Order("civil", post, ""); g != p {
			t.Errorf("%s stands at %d, %s at %d", grade, g, post, p)
		}
	}
	for grade, post := range map[string]string{"211": "111", "212": "112", "221": "121", "222": "122", "231": "131", "232": "132", "241": "141", "242": "142", "250": "150", "260": "160"} {
		if g, p := catalogue.Order("institution", "", grade), catalogue.Order("institution", post, ""); g != p {
			t.Errorf("%s stands at %d, %s at %d", grade, g, post, p)
		}
	}
}

// Of all pairs of post and grade the higher one counts; a grade of another ladder counts for nothing.
func TestTheHigherOfPostAndGradeCounts(t *testing.T) {
	for _, ladder := range append(slices.Clone(ladders), "") {
		for _, post := range append(optionsOf(t, "position_rank"), "") {
			for _, grade := range append(optionsOf(t, "grade_rank"), "") {
				want := catalogue.Order(ladder, post, "")
				if catalogue.OnLadder(ladder, grade) {
					want = max(want, catalogue.Order(ladder, "", grade))
				}
				if got := catalogue.Order(ladder, post, grade); got != want {
					t.Errorf("%s %s %s: %d, want %d", ladder, post, grade, got, want)
				}
			}
		}
	}
}

func TestWhatFollowsFromACadresFields(t *testing.T) {
	for politics, party := range map[string]string{
		"01": "party_member", "02": "party_member", "03": "league_member", "04": "other_party", "11": "other_party", "12": "masses", "13": "masses",
	} {
		v := map[string]string{"ladder": "civil", "position_rank": "142", "grade_rank": "counsel_4", "birth_date": "1988-08-08", "politics": politics}
		catalogue.DeriveCadre(v)
		if v[catalogue.ColumnGrade] != "6" || v[catalogue.ColumnBirthYear] != "1988" || v[catalogue.ColumnParty] != party {
			t.Errorf("%s: %v", politics, v)
		}
	}
	bare := map[string]string{}
	catalogue.DeriveCadre(bare)
	if bare[catalogue.ColumnGrade] != "1" || bare[catalogue.ColumnBirthYear] != "" || bare[catalogue.ColumnParty] != "" {
		t.Errorf("of nothing follows %v", bare)
	}
}

// A posting asks for skills by the same nine names that villages ask for help.
func TestSpecialitiesAreFieldsOfAllThreeTables(t *testing.T) {
	if len(catalogue.Specialities()) != 9 {
		t.Errorf("%d specialities", len(catalogue.Specialities()))
	}
	for e, prefix := range map[catalogue.Entity]string{catalogue.Unit: catalogue.SkillPrefix, catalogue.Cadre: catalogue.SkillPrefix, catalogue.Village: catalogue.NeedPrefix} {
		s, _ := catalogue.Of(e)
		for _, name := range catalogue.Specialities() {
			if f, ok := s.Field(prefix + name); !ok || f.Type != catalogue.Integer || f.Min != 0 || f.Max != 100 {
				t.Errorf("%s has %+v for %s", e, f, name)
			}
		}
	}
}

// Nothing of what was found in a health check is kept: the only field says what came of it.
func TestHealthIsAnOutcomeOnly(t *testing.T) {
	if got := optionsOf(t, "health"); !slices.Equal(got, []string{"fit", "limited", "unfit"}) {
		t.Errorf("health is one of %v", got)
	}
}
