package query_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/uptrace/bun/dialect/sqlitedialect"
	"github.com/uptrace/bun/schema"
	"pgregory.net/rapid"

	"jieli/internal/domain"
	"jieli/internal/registry/catalogue"
	"jieli/internal/store/query"
)

var (
	setting  = query.Setting{Now: time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC), Fill: schema.NewQueryGen(sqlitedialect.New()).FormatQuery}
	entities = []catalogue.Entity{catalogue.Unit, catalogue.Cadre, catalogue.Village, catalogue.Region}
	here     = query.Reach{Scope: domain.ScopeOfPrefix("43")}
	ops      = []string{"eq", "ne", "in", "contains", "starts", "ge", "le", "between", "empty", "filled"}
)

// placeholders counts those that are not escaped.
func placeholders(c *query.Clause) int {
	return strings.Count(c.String(), "?") - strings.Count(c.String(), `\?`)
}

func wantKey(t interface{ Errorf(string, ...any) }, err error, key, field string) {
	var told *domain.Error
	if !errors.As(err, &told) || told.Key != key || told.Field != field {
		t.Errorf("%v, want %s of %q", err, key, field)
	}
}

// Every operator on every column of every table either makes a statement with an argument for each placeholder, whatever
// was typed, or is refused in words.
func TestEveryPlaceholderHasItsArgument(t *testing.T) {
	values := []string{"1", "2"}
	for _, e := range entities {
		table, err := query.TableOf(e)
		if err != nil {
			t.Fatal(err)
		}
		understood := map[string]int{}
		for _, field := range table.Writable() {
			for _, op := range ops {
				f := query.Filter{Field: field, Op: op, Values: values[:map[string]int{"between": 2, "empty": 0, "filled": 0, "in": 2}[op]]}
				if len(f.Values) == 0 && op != "empty" && op != "filled" {
					f.Values = values[:1]
				}
				q := query.Records{Entity: e, Reach: here, Search: `a?'\?`, Keys: []string{"k?"}, Filters: []query.Filter{f}, Columns: []string{field}, Limit: 7,
					Sort: []query.Order{{Field: field, Desc: true}}}
				_, c, err := q.Select(setting)
				if err != nil {
					wantKey(t, err, "registry.filter_malformed", field)
					continue
				}
				understood[op]++
				if placeholders(c) != len(c.Args) {
					t.Errorf("%s.%s %s: %d arguments in %s", e, field, op, len(c.Args), c)
				}
			}
		}
		for _, op := range ops {
			if understood[op] == 0 {
				t.Errorf("%s: no column understands %s", e, op)
			}
		}
	}
}

func TestWhatCannotBeAskedIsRefused(t *testing.T) {
	for _, bad := range []query.Filter{
		{Field: "name", Op: "like", Values: []string{"x"}}, {Field: "name", Op: "eq"}, {Field: "name", Op: "in"},
		{Field: "name", Op: "between", Values: []string{"a"}}, {Field: "name", Op: "empty", Values: []string{"a"}},
		{Field: "rural_years", Op: "eq", Values: []string{"many"}}, {Field: "rural_years", Op: "contains", Values: []string{"1"}},
		{Field: "native", Op: "in", Values: []string{"nowhere"}},
	} {
		q := query.Records{Entity: catalogue.Cadre, Reach: here, Filters: []query.Filter{bad}}
		_, err := q.Count(setting)
		wantKey(t, err, "registry.filter_malformed", bad.Field)
	}
	for _, q := range []query.Records{
		{Filters: []query.Filter{{Field: "; DROP", Op: "empty"}}}, {Sort: []query.Order{{Field: "; DROP"}}}, {Columns: []string{"; DROP"}},
		{Limit: 1, Sort: []query.Order{{Field: "; DROP"}}},
	} {
		q.Entity, q.Reach = catalogue.Cadre, here
		_, _, err := q.Select(setting)
		wantKey(t, err, "registry.unknown_field", "; DROP")
	}
	_, err := query.TableOf("account")
	wantKey(t, err, "registry.unknown_entity", "")
}

func TestNothingIsAskedWhereNothingCanBeFound(t *testing.T) {
	for name, q := range map[string]query.Records{
		"no scope": {Entity: catalogue.Cadre}, "no keys": {Entity: catalogue.Cadre, Reach: here, Keys: []string{}},
		"a unit's villages": {Entity: catalogue.Village, Reach: query.Reach{Scope: here.Scope, Unit: "U1"}},
		"an endless search": {Entity: catalogue.Cadre, Reach: here, Search: strings.Repeat("a", 300)},
	} {
		_, c, err := q.Select(setting)
		count, countErr := q.Count(setting)
		if c != nil || count != nil || err != nil || countErr != nil {
			t.Errorf("%s: %v %v %v %v", name, c, count, err, countErr)
		}
	}
	if c, err := (query.Records{Entity: catalogue.Cadre, Reach: query.Reach{Scope: here.Scope, Unit: "U1"}}).Count(setting); err != nil || !strings.Contains(c.String(), `unit = 'U1'`) {
		t.Errorf("a unit's cadres: %v %v", c, err)
	}
}

func TestRecordsAreWrittenByAllColumns(t *testing.T) {
	table, err := query.TableOf(catalogue.Cadre)
	if err != nil {
		t.Fatal(err)
	}
	columns := table.Writable()
	record := func(key, years string) catalogue.Record {
		return catalogue.Record{Key: key, Version: 4, Values: map[string]string{"id": key, "rural_years": years}}
	}
	c := table.Put([]catalogue.Record{record("K1", "3"), record("K2", ""), record("K3", "few")})
	if placeholders(c) != len(c.Args) || len(c.Args) != 1+3*(1+len(columns))+2 {
		t.Errorf("%d arguments in %s", len(c.Args), c)
	}
	var years []any
	for i, name := range columns {
		if name == "rural_years" {
			for row := range 3 {
				years = append(years, c.Args[1+row*(1+len(columns))+1+i])
			}
		}
	}
	if len(years) != 3 || years[0] != int64(3) || years[1] != nil || years[2] != nil {
		t.Errorf("%v", years)
	}
	if d := table.Delete("K1", 4); placeholders(d) != len(d.Args) || d.Args[3] != int64(4) {
		t.Errorf("%s %v", d, d.Args)
	}
}

func TestWhatIsTypedBecomesASearch(t *testing.T) {
	for typed, want := range map[string]query.Search{
		"He Ping": {Exact: "he ping", Part: "%he ping%", Letters: "heping", LettersEnd: "heping" + query.AfterAny},
		"50%_!":   {Exact: "50%_!", Part: "%50!%!_!!%", Letters: "50%_!", LettersEnd: "50%_!" + query.AfterAny},
		"4301":    {Exact: "4301", Part: "%4301%", Letters: "4301", LettersEnd: "4301" + query.AfterAny, CodeFrom: "430100000000", CodeTo: "430200000000"},
	} {
		if got, ok := query.SearchFor(" " + typed + " "); !ok || got != want {
			t.Errorf("%q: %+v, want %+v", typed, got, want)
		}
	}
	for _, typed := range []string{"", "  ", "a\x00b", strings.Repeat("村", 67)} {
		if got, ok := query.SearchFor(typed); ok || got != (query.Search{}) {
			t.Errorf("%q: %+v", typed, got)
		}
	}
}

// A pattern means what was typed and nothing else: without its escapes it is the text between two wild cards.
func TestAPatternHoldsNoWildCardOfTheUsers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		typed := rapid.StringMatching(`[a-z%_!]{1,12}`).Draw(t, "typed")
		found, ok := query.SearchFor(typed)
		if !ok {
			t.Fatalf("%q finds nothing", typed)
		}
		inner := found.Part[1 : len(found.Part)-1]
		plain := strings.NewReplacer("!!", "!", "!%", "%", "!_", "_").Replace(inner)
		if plain != typed || strings.ContainsAny(strings.NewReplacer("!!", "", "!%", "", "!_", "").Replace(inner), "!%_") {
			t.Errorf("%q became %q", typed, found.Part)
		}
	})
}
