package registry

import (
	"jieli/internal/registry/catalogue"
)

// derive fills the columns that follow from others: spelling, and what dispatch asks of a cadre.
func (c *court) derive(j *judgement) {
	v := j.after.Values
	switch c.spec.Entity {
	case catalogue.Unit:
		v[catalogue.ColumnPinyin], v[catalogue.ColumnInitials] = c.spell.Place(v["name"])
	case catalogue.Cadre:
		v[catalogue.ColumnPinyin], v[catalogue.ColumnInitials] = c.spell.Person(v["name"])
		catalogue.DeriveCadre(v)
	case catalogue.Village:
		region := c.facts.regions[j.Key]
		v["name"] = region.Name
		set(v, catalogue.ColumnPinyin, region.Pinyin)
		set(v, catalogue.ColumnInitials, region.Initials)
	case catalogue.Region: // is not changed here
	}
}
