package registry

import (
	"strconv"

	"jieli/internal/registry/catalogue"
	"jieli/internal/store"
)

// derive fills the columns that follow from others: spelling, and what dispatch asks of a cadre.
func (c *court) derive(j *judgement) {
	v := j.after.Values
	switch c.spec.Entity {
	case catalogue.Unit:
		v[store.ColumnPinyin], v[store.ColumnInitials] = c.spell.Place(v["name"])
	case catalogue.Cadre:
		v[store.ColumnPinyin], v[store.ColumnInitials] = c.spell.Person(v["name"])
		DeriveCadre(v)
	case catalogue.Village:
		region := c.facts.regions[j.Key]
		v["name"] = region.Name
		set(v, store.ColumnPinyin, region.Pinyin)
		set(v, store.ColumnInitials, region.Initials)
	case catalogue.Region: // is not changed here
	}
}

// DeriveCadre fills in what follows from a cadre's fields: the order of rank, the birth year and the coarse politics that
// dispatch and its pages use.
func DeriveCadre(v map[string]string) {
	v[store.ColumnGrade] = strconv.Itoa(catalogue.Order(v["ladder"], v["position_rank"], v["grade_rank"]))
	if len(v["birth_date"]) >= 4 {
		v[store.ColumnBirthYear] = v["birth_date"][:4]
	}
	if v["politics"] != "" {
		v[store.ColumnParty] = partyOf(v["politics"])
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
