package httpapi_test

import (
	"bytes"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"jieli/internal/httpapi"
	"jieli/internal/store"
	"jieli/internal/store/storetest/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// jobTimes are when the fixture's jobs were made: another moment in each database.
var jobTimes = regexp.MustCompile(`"(created|started|finished|updated)_at?":?"[^"]*"`)

func undated(path string, body []byte) []byte {
	if strings.HasPrefix(path, "/api/jobs/") || strings.HasPrefix(path, "/api/imports") {
		return jobTimes.ReplaceAll(body, nil)
	}
	return body
}

// TestPostgreSQLAnswersLikeSQLite asks both the same and compares the bodies byte by byte.
func TestPostgreSQLAnswersLikeSQLite(t *testing.T) {
	other, err := store.Open(t.Context(), store.Options{DSN: pgtest.Database(t)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { other.Close() })
	if err := other.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	fill(t, other)
	lite, postgres := newWorld(t), newWorld(t, func(o *httpapi.Options) { o.Store = other; o.Clock = time.Now })
	for _, who := range []string{"province", "county", "township", "foreign"} {
		a, b := lite.as(who), postgres.as(who)
		for _, line := range httpapi.Table() {
			if line.ID == "" || !strings.HasPrefix(line.Pattern, "GET ") {
				continue
			}
			for _, path := range asks(line) {
				if strings.HasSuffix(path, ".xlsx") { // packed from what the other routes tell
					continue
				}
				one, two := a.get(path), b.get(path)
				if one.StatusCode != two.StatusCode || (one.StatusCode == http.StatusOK && !bytes.Equal(undated(path, one.body), undated(path, two.body))) {
					t.Fatalf("%s at %s:\n%d %s\n%d %s", who, path, one.StatusCode, one.body, two.StatusCode, two.body)
				}
			}
		}
		for _, query := range []string{"q=xian", "q=第", "sort=match&desc=true", "sort=leader", "sort=unit", "q=4301"} {
			path := "/api/plans/p1/teams?" + query
			if one, two := a.get(path), b.get(path); !bytes.Equal(one.body, two.body) && one.StatusCode == http.StatusOK {
				t.Errorf("%s at %s:\n%s\n%s", who, path, one.body, two.body)
			}
		}
	}
}
