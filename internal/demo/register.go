package demo

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"jieli/internal/domain"
	"jieli/internal/registry/catalogue"
)

// register is what the registry keeps of the drawn units, people and villages besides what rounds ask for: whole rows,
// with secrets in plain text, and the terms that people served before. It is drawn for each thing from a stream of its
// own, so that a part of the data has the same register as the whole.
type register struct {
	units, cadres, villages []catalogue.Record
	terms                   []domain.PastPosting
}

// unissued is an area of identity numbers that no authority has ever issued: the province itself. Drawn numbers have it,
// so that none is somebody's.
const unissued = "430000"

func newRegister(data Data) register {
	last := data.Rounds[len(data.Rounds)-1]
	r := register{villages: registeredVillages(data)}
	inRound := map[string]domain.RoundUnit{}
	for _, round := range data.Rounds {
		for _, u := range round.Units {
			inRound[u.ID] = u
		}
	}
	kinds := map[string]string{}
	for _, u := range data.Units {
		kinds[u.ID] = u.Kind
		r.units = append(r.units, registeredUnit(u, inRound[u.ID]))
	}
	candidates := map[string]domain.Candidate{}
	for _, c := range slices.Concat(data.Rounds[0].Candidates, last.Candidates) { // the newest word counts
		candidates[c.ID] = c
	}
	serials := map[string]int{}
	for _, c := range data.Cadres {
		candidate := candidates[c.ID]
		candidate.Cadre = c
		r.cadres = append(r.cadres, registeredCadre(data.Seed, candidate, kinds[c.Unit], serials))
	}
	r.terms = pastTerms(data.Rounds[0])
	return r
}

func registeredUnit(u domain.Unit, part domain.RoundUnit) catalogue.Record {
	v := map[string]string{"id": u.ID, "name": u.Name, catalogue.ColumnInitials: u.Initials, catalogue.ColumnPinyin: u.Pinyin,
		"level": string(u.Level), "kind": u.Kind, "home": string(u.Home)}
	if part.ID != "" {
		v["strength"] = strconv.Itoa(part.Strength)
		put(v, "joins", part.LeadUnit)
		putSkills(v, catalogue.SkillPrefix, part.Skills)
	}
	return catalogue.Record{Key: u.ID, Version: 1, Values: v}
}

func put(values map[string]string, key, value string) {
	if value != "" {
		values[key] = value
	}
}

func putSkills(values map[string]string, prefix string, skills domain.Skills) {
	for i, name := range Specialities() {
		if i < len(skills) {
			values[prefix+name] = strconv.Itoa(skills[i])
		}
	}
}

// registeredVillages are the villages of both rounds as the newer one knows them, by code.
func registeredVillages(data Data) []catalogue.Record {
	names := map[domain.Code]domain.Region{}
	for _, r := range data.Regions {
		names[r.Code] = r
	}
	newest := map[domain.Code]domain.RoundVillage{}
	for _, round := range data.Rounds {
		for _, v := range round.Villages {
			newest[v.Code] = v
		}
	}
	all := make([]catalogue.Record, 0, len(newest))
	for code, village := range newest {
		all = append(all, registeredVillage(data.Seed, village, names[code]))
	}
	slices.SortFunc(all, func(a, b catalogue.Record) int { return strings.Compare(a.Key, b.Key) })
	return all
}

func registeredVillage(seed uint64, village domain.RoundVillage, region domain.Region) catalogue.Record {
	d := stream(seed, "register/village/"+string(village.Code))
	households := d.between(180, 900)
	v := map[string]string{"code": string(village.Code), "name": village.Name, catalogue.ColumnInitials: region.Initials,
		catalogue.ColumnPinyin: region.Pinyin, "categories": string(village.Category)}
	numbers := map[string]int{"difficulty": village.Difficulty, "households": households, "population": households*3 + d.between(0, households),
		"monitored_households": d.between(0, households/40), "collective_income": 1000 * d.between(40, 600), "party_members": d.between(25, 120)}
	if village.Category == domain.CategoryKey || village.Category == domain.CategoryConsolidated {
		numbers["poor_households"] = d.between(households/10, households/3)
	}
	if village.Category == domain.CategoryKey && d.chance(0.05) {
		v["categories"] = catalogue.Join([]string{"key", "weak"})
	}
	for key, n := range numbers {
		v[key] = strconv.Itoa(n)
	}
	putSkills(v, catalogue.NeedPrefix, village.Needs)
	near := make([]string, 0, len(village.Neighbours))
	for _, n := range village.Neighbours {
		near = append(near, string(n))
	}
	put(v, "neighbours", catalogue.Join(near))
	return catalogue.Record{Key: string(village.Code), Version: 1, Values: v}
}

// pastTerms are the terms 2018–2021 of those who serve a second one: in the villages that their unit is known to have
// served before, one after the other.
func pastTerms(round domain.RoundInput) []domain.PastPosting {
	served := map[string][]domain.Code{}
	for _, v := range round.Villages {
		if v.PriorUnit != "" {
			served[v.PriorUnit] = append(served[v.PriorUnit], v.Code)
		}
	}
	sent := map[string]int{}
	var terms []domain.PastPosting
	for _, c := range round.Candidates {
		villages := served[c.Unit]
		if c.Terms == 0 || len(villages) == 0 {
			continue
		}
		terms = append(terms, domain.PastPosting{Cadre: c.ID, From: "2018-03-01", To: "2021-05-01",
			Village: villages[sent[c.Unit]%len(villages)], Unit: c.Unit, Role: domain.RoleMember})
		sent[c.Unit]++
	}
	return terms
}

// seal turns the secrets of the rows into what is kept of them.
func (r register) seal(s catalogue.Sealer) error {
	for _, c := range r.cadres {
		for _, field := range []string{"id_number", "phone"} {
			if err := catalogue.PutSecret(s, catalogue.Cadre, c.Values, field, c.Values[field]); err != nil {
				return fmt.Errorf("seal %s: %w", field, err)
			}
		}
	}
	return nil
}
