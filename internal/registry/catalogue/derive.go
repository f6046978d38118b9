package catalogue

import "strconv"

// The columns that follow from others or serve the search.
const (
	ColumnInitials  = "initials"
	ColumnPinyin    = "pinyin"
	ColumnGrade     = "grade"      // [Order] of a cadre
	ColumnBirthYear = "birth_year" // of a cadre
	ColumnParty     = "party"      // of a cadre: domain.Cadre.Politics
)

// DeriveCadre fills in what follows from a cadre's fields: the order of rank, the birth year and the coarse politics that
// dispatch and its pages use.
func DeriveCadre(v map[string]string) {
	v[ColumnGrade] = strconv.Itoa(Order(v["ladder"], v["position_rank"], v["grade_rank"]))
	if len(v["birth_date"]) >= 4 {
		v[ColumnBirthYear] = v["birth_date"][:4]
	}
	if v["politics"] != "" {
		v[ColumnParty] = partyOf(v["politics"])
	}
}

// partyOf sorts GB/T 4762 into the four groups of domain.Cadre.Politics.
func partyOf(code string) string {
	switch {
	case code == "01" || code == "02":
		return "party_member"
	case code == "03":
		return "league_member"
	case code >= "04" && code <= "11":
		return "other_party"
	}
	return "masses"
}
