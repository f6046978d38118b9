package registry

import (
	"slices"

	"jieli/internal/domain"
	"jieli/internal/registry/catalogue"
	"jieli/internal/store"
)

// facts are what the batch refers to, read at once.
type facts struct {
	existing map[string]catalogue.Record // by key
	units    map[string]catalogue.Record // whole units that are referred to, by id
	regions  map[string]domain.Region    // valid divisions by code
	persons  map[string]string           // ids of cadres by the blind index of their identity number
	namesake map[store.Namesake]string   // ids of cadres by unit, name and birth date
}

func (f *facts) load(c *court) error {
	units, regions := map[string]bool{}, map[string]bool{}
	for i := range c.judged {
		for _, values := range []map[string]string{c.judged[i].before.Values, c.judged[i].after.Values} {
			c.referred(values, units, regions)
		}
		if c.spec.Entity == catalogue.Village {
			regions[c.judged[i].Key] = true
		}
	}
	var err error
	if f.units, err = store.WholeRecords(c.tx, catalogue.Unit, keysOf(units)); err != nil {
		return err
	}
	if c.spec.Entity == catalogue.Unit {
		for _, j := range c.judged {
			if j.Kind != Refused && j.Key != "" { // a lead unit may come with those that join it
				f.units[j.Key] = j.after
			}
		}
	}
	if f.regions, err = store.RegionsByCode(c.tx, keysOf(regions)); err != nil {
		return err
	}
	if c.spec.Entity != catalogue.Cadre {
		return nil
	}
	return f.loadPeople(c)
}

func (c *court) referred(values map[string]string, units, regions map[string]bool) {
	for _, field := range c.spec.Fields {
		found := regions
		switch field.Type {
		case catalogue.UnitID, catalogue.UnitIDs:
			found = units
		case catalogue.RegionAt, catalogue.Villages:
		default:
			continue
		}
		for _, key := range catalogue.Split(values[field.Key]) {
			found[key] = true
		}
	}
}

func keysOf(set map[string]bool) []string {
	keys := make([]string, 0, len(set))
	for key := range set {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// loadPeople finds who bears the identity numbers, and the names in the units, of the batch.
func (f *facts) loadPeople(c *court) error {
	var blinds []string
	units, names := map[string]bool{}, map[string]bool{}
	for i := range c.judged {
		v := c.judged[i].after.Values
		if index := v["id_number"+catalogue.BlindSuffix]; index != "" {
			blinds = append(blinds, index)
		}
		if c.judged[i].before.Values == nil {
			units[v["unit"]], names[v["name"]] = true, true
		}
	}
	var err error
	if f.persons, err = store.CadresByBlind(c.tx, blinds); err != nil {
		return err
	}
	f.namesake = map[store.Namesake]string{}
	found, err := store.Namesakes(c.tx, keysOf(units), keysOf(names))
	for _, n := range found {
		f.namesake[store.Namesake{Unit: n.Unit, Name: n.Name, BirthDate: n.BirthDate}] = n.ID
	}
	return err
}

// holds says whether the account may touch a record as it stands.
func (c *court) holds(values map[string]string) bool {
	home := values["home"]
	switch c.spec.Entity {
	case catalogue.Cadre:
		return c.holdsUnit(values["unit"])
	case catalogue.Village:
		home = values["code"]
	case catalogue.Unit, catalogue.Region:
	}
	return c.reach.Scope.Holds(domain.Code(home))
}

func (c *court) holdsUnit(id string) bool {
	unit, ok := c.facts.units[id]
	return ok && c.reach.Scope.Holds(domain.Code(unit.Values["home"])) && (c.reach.Unit == "" || c.reach.Unit == id)
}
