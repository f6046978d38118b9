package registry

import (
	"maps"
	"slices"
	"strings"

	"jieli/internal/domain"
	"jieli/internal/registry/divisions"
	"jieli/internal/store"
)

// knownRegions are the rows that a request is worked out of: what it names with all below, and what lies above.
func knownRegions(tx *store.Tx, r RegionRequest) ([]domain.Region, error) {
	var known []domain.Region
	seen := map[int64]bool{}
	add := func(scope domain.Scope) error {
		rows, err := store.RegionRows(tx, scope)
		for _, row := range rows {
			if !seen[row.ID] {
				seen[row.ID] = true
				known = append(known, row)
			}
		}
		return err
	}
	for _, code := range slices.Concat(r.From, []domain.Code{r.Into}) {
		if code == "" {
			continue
		}
		if err := add(code.Scope()); err != nil {
			return nil, err
		}
		for level := domain.LevelProvince; level != code.Level(); level = level.Below() {
			at := code.At(level)
			if err := add(domain.Scope{From: at, To: at + "~"}); err != nil {
				return nil, err
			}
		}
	}
	return known, nil
}

// touchesOf are the values that follow the moves of a plan.
func touchesOf(tx *store.Tx, r RegionRequest, plan divisions.Plan) ([]store.RegionTouch, error) {
	to := make(map[domain.Code]domain.Code, len(plan.Moves))
	order := make([]domain.Code, len(plan.Moves))
	for i, m := range plan.Moves {
		to[m.From], order[i] = m.To, m.From
	}
	var from []domain.Scope
	for _, code := range slices.Concat(r.From, r.Parts) {
		if to[code] != "" {
			from = append(from, code.Scope())
		}
	}
	references, err := store.LiveReferences(tx, to, from)
	if err != nil {
		return nil, err
	}
	rows, err := store.CodeTouches(tx, order, to, from, r.Day)
	if err != nil {
		return nil, err
	}
	if r.Kind == divisions.Merge { // a part's border is not that of the whole
		rows = slices.DeleteFunc(rows, func(t store.RegionTouch) bool { return t.Place == "outline.code" && t.After == string(r.Into) })
	}
	return slices.Concat(references, rows), nil
}

// effectOf says what a change does, in names.
func effectOf(tx *store.Tx, work regionWork) (RegionEffect, error) {
	effect := RegionEffect{Region: work.plan.Region, Moves: movesOf(work.plan), Followers: []RegionFollowers{}}
	rows := map[string]map[string][]string{}
	for _, t := range work.touches {
		if rows[t.Table()] == nil {
			rows[t.Table()] = map[string][]string{}
		}
		key := t.Key
		if strings.HasSuffix(t.Place, ".code") {
			key = append(slices.Clone(key), t.Before)
		}
		rows[t.Table()][strings.Join(key, " ")] = key
	}
	for _, table := range slices.Sorted(maps.Keys(rows)) {
		names, err := followerNames(tx, table, rows[table])
		if err != nil {
			return effect, err
		}
		effect.Followers = append(effect.Followers, RegionFollowers{table, len(rows[table]), names})
	}
	return effect, nil
}

// movesOf pairs what ends with what follows it, and adds what begins of itself or takes others in.
func movesOf(plan divisions.Plan) []RegionMove {
	begins, ends := map[domain.Code]domain.Region{}, map[domain.Code]domain.Region{}
	for _, r := range plan.Begins {
		begins[r.Code] = r
	}
	for _, r := range plan.Ends {
		ends[r.Code] = r
	}
	var moves []RegionMove
	followed := map[domain.Code]bool{}
	for _, m := range plan.Moves {
		followed[m.To] = true
		move := RegionMove{From: m.From, FromName: ends[m.From].Name, To: m.To, ToName: begins[m.To].Name}
		if move.ToName == "" {
			move.ToName = plan.HeadName
		}
		moves = append(moves, move)
	}
	for _, r := range plan.Begins {
		if !followed[r.Code] || ends[r.Code].Code != "" {
			before := ends[r.Code]
			moves = slices.Insert(moves, 0, RegionMove{From: before.Code, FromName: before.Name, To: r.Code, ToName: r.Name})
		}
	}
	return moves
}

// mostNames is how many units or rounds that follow are named.
const mostNames = 20

// followerNames are the names of the units, or of the rounds, that rows belong to; of other rows there are none.
func followerNames(tx *store.Tx, table string, rows map[string][]string) ([]string, error) {
	names, ids := []string{}, map[string]bool{}
	for _, key := range rows {
		ids[key[0]] = true
	}
	some := slices.Sorted(maps.Keys(ids))
	some = some[:min(len(some), mostNames)]
	switch {
	case table == "unit":
		found, err := store.NamesOf(tx, some, nil)
		if err != nil {
			return nil, err
		}
		for _, id := range some {
			names = append(names, found[id])
		}
	case strings.HasPrefix(table, "round_"):
		for _, id := range some {
			round, err := store.RoundByID(tx, id)
			if err != nil {
				return nil, err
			}
			names = append(names, round.Name)
		}
	}
	return names, nil
}
