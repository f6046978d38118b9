package store

import (
	"slices"
	"strings"

	"github.com/uptrace/bun"

	"jieli/internal/domain"
	"jieli/internal/store/query"
)

// Follow makes the touches, in their order. KindConflict, region_change.touched_since with the place, where a value is
// no longer what it was.
func Follow(tx *Tx, touches []RegionTouch) error {
	for _, t := range touches {
		if err := t.write(tx, t.Before, t.After); err != nil {
			return err
		}
	}
	return nil
}

// Unfollow takes the touches back, the last first.
func Unfollow(tx *Tx, touches []RegionTouch) error {
	for _, t := range slices.Backward(touches) {
		if err := t.write(tx, t.After, t.Before); err != nil {
			return err
		}
	}
	return nil
}

func (t RegionTouch) write(tx *Tx, before, after string) error {
	if t.Place == "round_village.code" {
		return t.moveRoundVillage(tx, t.Key[0], domain.Code(before), domain.Code(after))
	}
	table, column, _ := strings.Cut(t.Place, ".")
	var c query.Clause
	c.Add("UPDATE ? SET ? = ? WHERE ", bun.Ident(table), bun.Ident(column), after)
	if len(t.Key) == 0 {
		c.Add("? = ?", bun.Ident(column), before)
	} else {
		c.Add("CAST(? AS TEXT) = ?", bun.Ident(column), before)
	}
	for i, key := range t.Key {
		c.Add(" AND ? = ?", bun.Ident(keysOfPlace(t.Place)[i]), key)
	}
	result, err := tx.db.ExecContext(tx.ctx, c.String(), c.Args...)
	if err != nil {
		return refusal(tx.engine, table, err)
	}
	return touched(result, t.lost())
}

func (t RegionTouch) lost() error {
	key := strings.Join(append(slices.Clone(t.Key), t.After), " ")
	return &domain.Error{Kind: domain.KindConflict, Key: "region_change.touched_since", Params: domain.Params{"table": t.Table(), "key": key}}
}

// keysOfPlace are the key columns of the rows that hold a place.
func keysOfPlace(place string) []string {
	for _, f := range slices.Concat(followers, codeFollowers) {
		if f.place() == place {
			return f.keys
		}
	}
	table, _, _ := strings.Cut(place, ".")
	for _, f := range named {
		if f.table == table {
			return f.keys
		}
	}
	return nil
}

// moveRoundVillage gives a village of a round another code. Pins and needs name it by its key, so they move between a
// copy and the row of before.
func (t RegionTouch) moveRoundVillage(tx *Tx, round string, before, after domain.Code) error {
	args := struct {
		Round, Before, After, BeforeCounty, AfterCounty string
	}{round, string(before), string(after), string(countyCode(before)), string(countyCode(after))}
	const own = ` WHERE county = ?before_county AND round = ?round AND `
	copied, err := tx.db.NewRaw(`INSERT INTO round_village
		(county, round, code, name, initials, pinyin, category, x, y, difficulty, needs, prior_unit, neighbours)
		SELECT ?after_county, round, ?after, name, initials, pinyin, category, x, y, difficulty, needs, prior_unit, neighbours
		FROM round_village`+own+`code = ?before`, args).Exec(tx.ctx)
	if err != nil {
		return refusal(tx.engine, "round_village", err)
	}
	if err := touched(copied, t.lost()); err != nil {
		return err
	}
	for _, query := range []string{
		`UPDATE round_pin SET county = ?after_county, village = ?after` + own + `village = ?before`,
		`UPDATE need_list SET county = ?after_county, village = ?after` + own + `village = ?before`,
		`DELETE FROM round_village` + own + `code = ?before`,
	} {
		if _, err := tx.db.NewRaw(query, args).Exec(tx.ctx); err != nil {
			return refusal(tx.engine, "round_village", err)
		}
	}
	return nil
}

// referring are the columns beside [followers] that hold codes of divisions in what was decided.
var referring = []string{"outline.code", "village.code", "round_village.code", "past_posting.village", "team_village.code", "unserved.village", "plan_change.village"}

// StillReferred finds a reference to one of the codes, as "table", and which code; empty where there is none.
func StillReferred(tx *Tx, codes []domain.Code) (table string, code domain.Code, err error) {
	places := slices.Clone(referring)
	for _, f := range followers {
		if !f.list {
			places = append(places, f.place())
		}
	}
	for part := range slices.Chunk(codes, 1000) {
		for _, place := range places {
			table, column, _ := strings.Cut(place, ".")
			found, err := all[domain.Code](tx, "SELECT "+column+" FROM "+table+" WHERE "+column+" IN (?codes) LIMIT 1", regionArgs{Codes: bun.List(part)})
			if err != nil || len(found) > 0 {
				return table, append(found, "")[0], err
			}
		}
	}
	return "", "", nil
}
