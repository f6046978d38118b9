package store

import (
	"regexp"
	"slices"
	"strings"

	"github.com/uptrace/bun"

	"jieli/internal/domain"
)

// RegionTouch is one value that follows a change of divisions. Place is "table.column"; Key tells the row, and is empty
// where the value itself does.
type RegionTouch struct {
	Place  string
	Key    []string
	Before string
	After  string
}

// Table is the table of the touch.
func (t RegionTouch) Table() string {
	table, _, _ := strings.Cut(t.Place, ".")
	return table
}

// followed is a column of live data that holds codes of divisions.
type followed struct {
	table, column string
	keys          []string // at most two columns
	live          string   // condition on the rows that are live; what is decided keeps its code
	list          bool     // several codes, in a list
}

func (f followed) place() string { return f.table + "." + f.column }

const (
	inPlannedRound  = `round IN (SELECT id FROM round WHERE status = 'planning')`
	inOpenSelection = `round IN (SELECT round FROM selection WHERE status = 'open')`
	onlyPlanned     = `id IN (SELECT policy FROM round WHERE status = 'planning') AND id NOT IN (SELECT policy FROM round WHERE status <> 'planning')`
)

// followers are the columns whose values follow. Those with keys of codes come before [codeFollowers], which change these keys.
var followers = []followed{
	{table: "unit", column: "home", keys: []string{"id"}},
	{table: "cadre", column: "native", keys: []string{"id"}},
	{table: "account", column: "region", keys: []string{"id"}},
	{table: "policy_object", column: "region", keys: []string{"id"}, live: `status <> 'replaced'`},
	{table: "policy_version", column: "region", keys: []string{"id"}, live: onlyPlanned},
	{table: "selection", column: "region", keys: []string{"round"}, live: inOpenSelection},
	{table: "nomination", column: "home", keys: []string{"round", "cadre"}, live: inOpenSelection},
	{table: "round_unit", column: "region", keys: []string{"round", "unit"}, live: inPlannedRound},
	{table: "round_candidate", column: "native", keys: []string{"round", "cadre"}, live: inPlannedRound},
	{table: "village", column: "neighbours", keys: []string{"code"}, list: true},
	{table: "round_village", column: "neighbours", keys: []string{"round", "code"}, live: inPlannedRound, list: true},
}

// codeFollowers are the tables of live data whose rows a code tells.
var codeFollowers = []followed{
	{table: "outline", column: "code"},
	{table: "village", column: "code"},
	{table: "round_village", column: "code", keys: []string{"round"}, live: inPlannedRound},
}

// named are the columns that name a village beside its code, in step with its division.
var named = []followed{
	{table: "village", keys: []string{"code"}},
	{table: "round_village", keys: []string{"round", "code"}, live: inPlannedRound},
}

type followedRow struct{ K1, K2, Value string }

// rows are the live rows that the condition picks.
func (f followed) rows(tx *Tx, where string, args ...any) ([]followedRow, error) {
	columns := []string{"'' AS k1", "'' AS k2"}
	for i, key := range f.keys {
		columns[i] = key + strings.TrimPrefix(columns[i], "''")
	}
	if f.live != "" {
		where += " AND " + f.live
	}
	var rows []followedRow
	err := tx.db.NewRaw("SELECT "+strings.Join(columns, ", ")+", CAST("+f.column+" AS TEXT) AS value FROM "+f.table+
		" WHERE "+where+" ORDER BY 1, 2, 3", args...).Scan(tx.ctx, &rows)
	return rows, err
}

func (f followed) touch(row followedRow, after string) RegionTouch {
	return RegionTouch{Place: f.place(), Key: []string{row.K1, row.K2}[:len(f.keys)], Before: row.Value, After: after}
}

// LiveReferences are the values of live data that follow when codes change, so that each code lies in one of the scopes.
// Where rows are told by their code, [CodeTouches] has them.
func LiveReferences(tx *Tx, to map[domain.Code]domain.Code, from []domain.Scope) ([]RegionTouch, error) {
	var touches []RegionTouch
	for _, f := range followers {
		var found []RegionTouch
		var err error
		if f.list {
			found, err = f.lists(tx, to)
		} else {
			found, err = f.exact(tx, to, from)
		}
		if err != nil {
			return nil, err
		}
		touches = append(touches, found...)
	}
	return touches, nil
}

// exact are the values that are a code which changes.
func (f followed) exact(tx *Tx, to map[domain.Code]domain.Code, from []domain.Scope) ([]RegionTouch, error) {
	var touches []RegionTouch
	for _, scope := range from {
		rows, err := f.rows(tx, f.column+" >= ? AND "+f.column+" < ?", scope.From, scope.To)
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			if after, ok := to[domain.Code(row.Value)]; ok {
				touches = append(touches, f.touch(row, string(after)))
			}
		}
	}
	return touches, nil
}

// lists are the lists with a code that changes. Neighbours lie anywhere, so all lists are looked at.
func (f followed) lists(tx *Tx, to map[domain.Code]domain.Code) ([]RegionTouch, error) {
	var touches []RegionTouch
	if len(to) == 0 {
		return nil, nil
	}
	rows, err := f.rows(tx, "length(CAST("+f.column+" AS TEXT)) >= 12")
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		own := domain.Code([]string{row.K1, row.K2}[len(f.keys)-1])
		if after := moveList(row.Value, own, to); after != row.Value {
			touches = append(touches, f.touch(row, after))
		}
	}
	return touches, nil
}

var codeInList = regexp.MustCompile(`[0-9]{12}`)

// moveList changes the codes in a list, which keeps its notation. What has become the same, or the row's own code, goes.
func moveList(text string, own domain.Code, to map[domain.Code]domain.Code) string {
	codes := codeInList.FindAllString(text, -1)
	if !slices.ContainsFunc(codes, func(c string) bool { return to[domain.Code(c)] != "" }) {
		return text
	}
	if after, ok := to[own]; ok {
		own = after
	}
	for i, c := range codes {
		if after, ok := to[domain.Code(c)]; ok {
			codes[i] = string(after)
		}
	}
	slices.Sort(codes)
	codes = slices.DeleteFunc(slices.Compact(codes), func(c string) bool { return c == string(own) })
	separator, open, end := ";", "", ""
	if strings.HasPrefix(text, "[") {
		separator, open, end = `","`, `["`, `"]`
		if strings.Contains(text, `", "`) {
			separator = `", "`
		}
		if len(codes) == 0 {
			return "[]"
		}
	}
	return open + strings.Join(codes, separator) + end
}

// CodeTouches are the rows of live data that a code tells: outlines, and villages in the register and in planned rounds.
// Where an outline's new place is taken, it stays; of the villages that become one the first is kept on, and the others
// end on the day. KindConflict, region_change.served_twice, where one round would hold a village twice.
func CodeTouches(tx *Tx, order []domain.Code, to map[domain.Code]domain.Code, from []domain.Scope, day string) ([]RegionTouch, error) {
	var touches []RegionTouch
	for _, f := range codeFollowers {
		found, err := f.exact(tx, to, from)
		if err != nil {
			return nil, err
		}
		at := map[string]int{}
		for i, code := range order {
			at[string(code)] = i
		}
		slices.SortStableFunc(found, func(a, b RegionTouch) int { return at[a.Before] - at[b.Before] })
		if found, err = f.oneEach(tx, found, day); err != nil {
			return nil, err
		}
		touches = append(touches, found...)
	}
	return touches, nil
}

// oneEach leaves each code to one row: to the one that has it, or to the first that comes.
func (f followed) oneEach(tx *Tx, found []RegionTouch, day string) ([]RegionTouch, error) {
	taken, err := f.taken(tx, found)
	if err != nil {
		return nil, err
	}
	var touches []RegionTouch
	for _, t := range found {
		spot := spotOf(t.After, t.Key)
		before := taken[spot]
		switch {
		case before == "":
			taken[spot] = t.Before
			touches = append(touches, t)
		case f.table == "round_village":
			return nil, &domain.Error{Kind: domain.KindConflict, Key: "region_change.served_twice",
				Params: domain.Params{"code": t.Before, "into": before, "round": t.Key[0]}}
		case f.table == "village":
			ends, err := endVillage(tx, t.Before, day)
			if err != nil {
				return nil, err
			}
			touches = append(touches, ends...)
		}
	}
	return touches, nil
}

// endVillage ends a village of the register that has no end yet.
func endVillage(tx *Tx, code, day string) ([]RegionTouch, error) {
	f := followed{table: "village", column: "valid_to", keys: []string{"code"}}
	rows, err := f.rows(tx, "code = ? AND valid_to = ''", code)
	return each(rows, func(row followedRow) RegionTouch { return f.touch(row, day) }), err
}

func spotOf(code string, key []string) string {
	return strings.Join(slices.Concat([]string{code}, key), " ")
}

// taken are the spots that rows of the table hold which do not move away.
func (f followed) taken(tx *Tx, touches []RegionTouch) (map[string]string, error) {
	taken := map[string]string{}
	for part := range slices.Chunk(touches, 1000) {
		codes := make([]string, len(part))
		for i, t := range part {
			codes[i] = t.After
		}
		rows, err := f.rows(tx, f.column+" IN (?)", bun.List(codes))
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			taken[spotOf(row.Value, []string{row.K1, row.K2}[:len(f.keys)])] = row.Value
		}
	}
	return taken, nil
}

// NameTouches are the names of a village in the register and in planned rounds that follow its new one.
func NameTouches(tx *Tx, code domain.Code, now domain.Region) ([]RegionTouch, error) {
	var touches []RegionTouch
	for _, f := range named {
		for column, value := range map[string]string{"name": now.Name, "initials": now.Initials, "pinyin": now.Pinyin} {
			f.column = column
			rows, err := f.rows(tx, "code = ?", code)
			if err != nil {
				return nil, err
			}
			for _, row := range rows {
				if row.Value != value {
					touches = append(touches, f.touch(row, value))
				}
			}
		}
	}
	slices.SortFunc(touches, func(a, b RegionTouch) int { return strings.Compare(a.Place, b.Place) })
	return touches, nil
}
