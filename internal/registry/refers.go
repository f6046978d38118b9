package registry

import (
	"strings"

	"jieli/internal/domain"
	"jieli/internal/registry/catalogue"
	"jieli/internal/store"
)

// refers refuses references to what is not there, or is somebody else's. Only those that the change makes are looked at:
// what has ended since may stay.
func (c *court) refers(i int) {
	j := &c.judged[i]
	values := j.after.Values
	changed := func(field string) bool {
		return values[field] != "" && values[field] != j.before.Values[field]
	}
	switch c.spec.Entity {
	case catalogue.Unit:
		if changed("home") || changed("level") {
			c.home(j, values)
		}
		if changed("joins") {
			c.joins(j, values["joins"])
		}
	case catalogue.Cadre:
		if changed("unit") && !c.holdsUnit(values["unit"]) {
			j.refuseFor("unit", values["unit"], "registry.unknown_unit", nil)
		}
		if changed("native") {
			c.native(j, domain.Code(values["native"]))
		}
	case catalogue.Village:
		c.village(j, changed("neighbours"))
	case catalogue.Region: // is not changed here
	}
}

// home has to lie in the account's division and to be of the unit's level: a city's unit is at home in the city.
func (c *court) home(j *judgement, values map[string]string) {
	home := domain.Code(values["home"])
	region, ok := c.facts.regions[string(home)]
	switch {
	case !ok || !c.reach.Scope.Holds(home):
		j.refuseFor("home", string(home), "registry.unknown_region", nil)
	case string(region.Level) != values["level"]:
		j.refuseFor("home", string(home), "registry.home_level", map[string]any{"level": values["level"]})
	}
}

// joins names the unit that leads: one that joins none itself (dispatch contract §1, lead_unit).
func (c *court) joins(j *judgement, lead string) {
	unit, ok := c.facts.units[lead]
	switch {
	case !ok:
		j.refuseFor("joins", lead, "registry.unknown_unit", nil)
	case unit.Values["joins"] != "":
		j.refuseFor("joins", lead, "registry.joins_a_joining_unit", nil)
	}
}

// native is a township or a larger place. Where the register knows the province it has to know the place; other
// provinces' places it cannot know.
func (c *court) native(j *judgement, code domain.Code) {
	if code.Level() == domain.LevelVillage {
		j.refuseFor("native", string(code), "registry.native_village", nil)
		return
	}
	_, known := c.facts.regions[string(code)]
	if !known && c.reach.Scope.From != "" && strings.HasPrefix(string(code), string(c.reach.Scope.From[:2])) {
		j.refuseFor("native", string(code), "registry.unknown_region", nil)
	}
}

func (c *court) village(j *judgement, neighbours bool) {
	region, ok := c.facts.regions[j.Key]
	if !ok || region.Level != domain.LevelVillage || !c.reach.Scope.Holds(region.Code) {
		j.refuseFor(c.spec.Key, j.Key, "registry.unknown_region", nil)
		return
	}
	if !neighbours {
		return
	}
	for _, code := range catalogue.Split(j.after.Values["neighbours"]) {
		if _, ok := c.facts.regions[code]; !ok {
			j.refuseFor("neighbours", code, "registry.unknown_region", nil)
		}
	}
}

// refuseWithoutLead refuses units that join one which was to come with them and was refused.
func (c *court) refuseWithoutLead() {
	if c.spec.Entity != catalogue.Unit {
		return
	}
	refused := map[string]bool{}
	for _, j := range c.judged {
		refused[j.Key] = j.Kind == Refused && j.before.Values == nil
	}
	for i := range c.judged {
		j := &c.judged[i]
		if lead := j.after.Values["joins"]; lead != "" && refused[lead] && j.Kind != Refused {
			j.refuseFor("joins", lead, "registry.unknown_unit", nil)
		}
	}
}

// somebodyElse refuses a second record of one person: the same identity number, or for a new one the same unit, name
// and birth date unless a person has confirmed that these are two.
func (c *court) somebodyElse(i int) {
	j, change := &c.judged[i], c.changes[i]
	v := j.after.Values
	if other := c.facts.persons[v["id_number"+catalogue.BlindSuffix]]; other != "" && other != j.Key {
		j.refuseFor("id_number", "", "registry.same_person", nil)
		return
	}
	if j.before.Values != nil || change.Confirmed {
		return
	}
	twin := store.Namesake{Unit: v["unit"], Name: v["name"], BirthDate: v["birth_date"]}
	if other := c.facts.namesake[twin]; other != "" && c.holdsUnit(twin.Unit) {
		j.refuseFor("name", v["name"], "registry.perhaps_same_person", map[string]any{"id": other})
	}
}

// refuseTwins refuses all but the first of changes to one record, and of new cadres with one identity number, unit, name
// and birth date.
func (c *court) refuseTwins() {
	first := map[string]int{}
	for i := range c.judged {
		j := &c.judged[i]
		for _, mark := range c.marks(i) {
			if before, twice := first[mark]; twice && j.Kind != Refused {
				j.refuseFor(c.spec.Key, j.Key, "registry.twice", map[string]any{"first": before + 1})
			} else if !twice {
				first[mark] = i
			}
		}
	}
}

// marks are by what a change is recognised.
func (c *court) marks(i int) []string {
	var marks []string
	v := c.judged[i].after.Values
	if key := c.judged[i].Key; key != "" {
		marks = append(marks, "key "+key)
	}
	if c.spec.Entity != catalogue.Cadre {
		return marks
	}
	if index := v["id_number"+catalogue.BlindSuffix]; index != "" {
		marks = append(marks, "id "+index)
	}
	if c.judged[i].before.Values == nil && !c.changes[i].Confirmed {
		marks = append(marks, strings.Join([]string{"person", v["unit"], v["name"], v["birth_date"]}, " "))
	}
	return marks
}
