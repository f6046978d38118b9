package registry_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"jieli/internal/domain"
	"jieli/internal/registry"
	"jieli/internal/registry/catalogue"
	"jieli/internal/store"
	"jieli/internal/store/storetest"
)

// smallest is a country in which changes of divisions are quickly made.
var smallest = storetest.Size{Cities: 2, Counties: 2, Townships: 2, Villages: 3, RoundVillages: 16, Units: 6, Cadres: 60}

const (
	endedRound   = "2021"
	plannedRound = "2023"
)

// openCountry opens a register whose divisions are referred to from everywhere: an ended and a planned round, plans, a
// selection, needs, villages with neighbours, native places, accounts of each level.
func openCountry(t testing.TB, dsn string) *desk {
	t.Helper()
	world := storetest.Draw(5, smallest)
	world.Rounds[0].Round.Status = domain.RoundEnded
	for i := range world.Units { // the drawn ones are at home in the upper divisions only
		world.Units[i].Home = world.Regions[len(world.Regions)-1].Code.At(domain.LevelCounty)
		if i%2 == 0 {
			world.Units[i].Home = county.Region
		}
	}
	for i, at := range []domain.Code{"430100000000", "430121100000", "430122000000"} {
		world.Accounts = append(world.Accounts, domain.Account{ID: fmt.Sprint("r", i), Username: fmt.Sprint("region", i), Name: "某办",
			Role: domain.RoleTownshipOffice, Region: at, PasswordHash: "x", CreatedAt: storetest.Day})
	}
	d := openWith(t, dsn, world)
	d.fillVillages(t)
	err := d.store.Write(t.Context(), d.fillSelection)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// fillVillages puts all villages but the last into the register, each with the next two as neighbours.
func (d *desk) fillVillages(t testing.TB) {
	t.Helper()
	var villages []domain.Code
	for _, r := range d.world.Regions {
		if r.Level == domain.LevelVillage {
			villages = append(villages, r.Code)
		}
	}
	var changes []registry.Change
	for i, v := range villages[:len(villages)-1] {
		near := string(villages[(i+1)%len(villages)]) + ";" + string(villages[(i+2)%len(villages)])
		changes = append(changes, registry.Change{Key: string(v), Values: map[string]string{"difficulty": strconv.Itoa(i % 100), "neighbours": near}})
	}
	if _, outcomes, err := d.Apply(t.Context(), province, catalogue.Village, changes, registry.ApplyOptions{Origin: registry.OriginBulk}); err != nil {
		t.Fatalf("%v: %+v", err, outcomes)
	}
}

func (d *desk) fillSelection(tx *store.Tx) error {
	villages := d.world.Rounds[1].Villages
	steps := []func() error{
		func() error {
			return store.InsertSelection(tx, domain.Selection{Round: plannedRound, Region: "430000000000", Policy: "2023", Day: "2023-05-01",
				Status: domain.SelectionOpen, Version: 1, CreatedBy: "a1", CreatedAt: storetest.Day})
		},
		func() error {
			return store.InsertNominations(tx, []domain.Nomination{{Round: plannedRound, Cadre: d.world.Cadres[0].ID, Unit: d.world.Cadres[0].Unit,
				Home: county.Region, Name: "某人", Outcome: domain.OutcomeOpen, Version: 1, NominatedBy: "a1", NominatedAt: storetest.Day}})
		},
		func() error {
			return store.InsertPolicyObject(tx, domain.PolicyObject{ID: "po", Region: "430100000000", Name: "市办法", Status: domain.PolicyDraft, Version: 1,
				ValidFrom: "2024-01-01", CreatedBy: "a1", CreatedAt: storetest.Day})
		},
	}
	for _, v := range villages[:3] {
		steps = append(steps, func() error {
			return store.InsertNeedList(tx, domain.NeedList{Round: plannedRound, Village: v.Code, Status: domain.NeedSubmitted, Version: 1, WrittenBy: "a1", WrittenAt: storetest.Day})
		})
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// snapshot is what the public doors of the store show, line by line: divisions, what follows their codes, what follows
// them by other rules (names, borders), and what was decided.
type snapshot struct{ divisions, live, names, decided []string }

var everywhere = domain.ScopeOfPrefix("43")

func (d *desk) snapshot(t testing.TB) snapshot {
	t.Helper()
	var s snapshot
	err := d.store.Read(t.Context(), func(tx *store.Tx) error {
		for _, read := range []func(*store.Tx, *snapshot) error{readDivisions, readRecords, readAccounts, readGate, d.readRounds, d.readPlans} {
			if err := read(tx, &s); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, lines := range [][]string{s.divisions, s.live, s.names, s.decided} {
		slices.Sort(lines)
	}
	return s
}

func (s *snapshot) add(to *[]string, what string, things ...any) {
	text, err := json.Marshal(things)
	if err != nil {
		panic(err)
	}
	*to = append(*to, what+" "+string(text))
}

func readDivisions(tx *store.Tx, s *snapshot) error {
	rows, err := store.RegionRows(tx, everywhere)
	for _, r := range rows {
		s.add(&s.divisions, "division", r)
		if r.Level != domain.LevelCounty || !r.ValidTo.IsZero() {
			continue
		}
		outlines, err := store.OutlinesUnder(tx, r.Code.Scope(), r.Code)
		if err != nil {
			return err
		}
		for _, o := range outlines {
			s.add(&s.names, "outline", o)
		}
	}
	return err
}

func readRecords(tx *store.Tx, s *snapshot) error {
	everything := store.Reach{Scope: everywhere}
	for e, columns := range map[catalogue.Entity][]string{catalogue.Unit: {"home"}, catalogue.Cadre: {"native", "unit"}, catalogue.Village: {"neighbours", "difficulty", "valid_to"}} {
		records, err := store.Records(tx, store.RecordQuery{Entity: e, Reach: everything, Columns: append(columns, "name")})
		if err != nil {
			return err
		}
		for _, r := range records {
			s.add(&s.names, "name", e, r.Key, r.Values["name"])
			r.Values["neighbours"] = sorted(r.Values["neighbours"])
			delete(r.Values, "name")
			s.add(&s.live, string(e), r)
		}
	}
	return nil
}

func sorted(list string) string {
	codes := catalogue.Split(list)
	slices.Sort(codes)
	return strings.Join(codes, ";")
}

func readAccounts(tx *store.Tx, s *snapshot) error {
	accounts, err := store.Accounts(tx)
	for _, a := range accounts {
		s.add(&s.live, "account", a)
	}
	return err
}

func readGate(tx *store.Tx, s *snapshot) error {
	selections, err := store.Selections(tx)
	if err != nil {
		return err
	}
	nominations, _, err := store.Nominations(tx, everywhere, store.NominationFilter{Round: plannedRound, Limit: 100})
	if err != nil {
		return err
	}
	needs, _, err := store.NeedLists(tx, everywhere, store.NeedFilter{Round: plannedRound, Limit: 100})
	if err != nil {
		return err
	}
	policy, err := store.PolicyObjectByID(tx, "po")
	s.add(&s.live, "selection", selections)
	s.add(&s.live, "policy", policy)
	for _, n := range nominations {
		s.add(&s.live, "nomination", n)
	}
	for _, n := range needs {
		s.add(&s.live, "need", n)
	}
	return err
}

func (d *desk) readRounds(tx *store.Tx, s *snapshot) error {
	for _, round := range []string{endedRound, plannedRound} {
		in, err := store.RoundInput(tx, round)
		if err != nil {
			return err
		}
		lines := &s.live
		if round == endedRound {
			lines = &s.decided
		}
		for _, u := range in.Units {
			s.add(lines, "round unit", round, u.ID, u.Region, u.Skills, u.MinTeams)
		}
		for _, c := range in.Candidates {
			s.add(lines, "candidate", round, c.ID, c.Native, c.Skills)
		}
		for _, p := range in.Pins {
			s.add(lines, "pin", round, p)
		}
		for _, v := range in.Villages {
			s.add(&s.names, "round village name", round, v.Code, v.Name)
			v.Name = ""
			s.add(lines, "round village", round, v)
		}
	}
	return nil
}

func (d *desk) readPlans(tx *store.Tx, s *snapshot) error {
	for _, p := range d.world.Plans {
		figures, _, err := store.FiguresByChild(tx, everywhere, p.ID, "430000000000")
		if err != nil {
			return err
		}
		s.add(&s.decided, "plan", p.ID, figures.Teams, figures.Members)
	}
	return nil
}

func (s snapshot) equal(o snapshot) bool {
	return slices.Equal(s.divisions, o.divisions) && slices.Equal(s.live, o.live) && slices.Equal(s.names, o.names) && slices.Equal(s.decided, o.decided)
}

// differing are the lines that only one of two sorted lists has.
func differing(a, b []string) []string {
	var out []string
	for _, line := range a {
		if !slices.Contains(b, line) {
			out = append(out, "- "+line)
		}
	}
	for _, line := range b {
		if !slices.Contains(a, line) {
			out = append(out, "+ "+line)
		}
	}
	return out[:min(len(out), 8)]
}

func (s snapshot) difference(o snapshot) string {
	return strings.Join(slices.Concat(differing(s.divisions, o.divisions), differing(s.live, o.live), differing(s.names, o.names), differing(s.decided, o.decided)), "\n")
}

var anyCode = regexp.MustCompile(`[0-9]{12}`)

// followed is the test's own idea of what live lines become: each code in them is replaced.
func followed(lines []string, to map[string]string) []string {
	out := make([]string, len(lines))
	for i, line := range lines {
		out[i] = anyCode.ReplaceAllStringFunc(line, func(c string) string {
			if now, ok := to[c]; ok {
				return now
			}
			return c
		})
		if at := neighbourList.FindStringSubmatchIndex(out[i]); at != nil {
			out[i] = out[i][:at[2]] + sorted(out[i][at[2]:at[3]]) + out[i][at[3]:]
		}
	}
	slices.Sort(out)
	return out
}

var neighbourList = regexp.MustCompile(`"neighbours":"([0-9;]*)"`)

// change makes a change that has to succeed.
func (d *desk) change(t *testing.T, r registry.RegionRequest) registry.RegionChange {
	t.Helper()
	made, err := d.ChangeRegion(t.Context(), province, r, "湘政函〔2024〕1号")
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// onBothCountries runs a test on both databases.
func onBothCountries(t *testing.T, f func(t *testing.T, d *desk)) {
	for dialect, database := range databases {
		t.Run(dialect, func(t *testing.T) { f(t, openCountry(t, database(t))) })
	}
}
