package httpapi_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"jieli/internal/httpapi"
	"jieli/internal/httpapi/gate"
	"jieli/internal/store"
	"jieli/internal/store/storetest/pgtest"
)

// drawn are the parts of an answer that are drawn anew in each database: ids of what was made, and those of requests.
var drawn = regexp.MustCompile(`"request_id":"[^"]*"|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b4[0-9]+-[0-9a-f]{8}\b`)

// side is one of two worlds that go the same way.
type side struct {
	*world
	callers map[string]*caller
	made    string // id of what was made last
}

// do sends a request; {made} in its path is what was made last.
func (s *side) do(who, method, path, body string) reply {
	if s.callers[who] == nil {
		s.callers[who] = s.as(who)
	}
	got := s.callers[who].do(method, strings.ReplaceAll(path, "{made}", s.made), body)
	var told struct {
		ID string `json:"id"`
	}
	if method == http.MethodPost && json.Unmarshal(got.body, &told) == nil && told.ID != "" {
		s.made = told.ID
	}
	return got
}

// pair is a world on SQLite and one on PostgreSQL with the same clock, which stands still.
type pair struct {
	t              *testing.T
	lite, postgres *side
	answered       map[string]bool // reading routes that gave something
	everywhere     bool            // ask of what is elsewhere or nowhere, too
}

func newPair(t *testing.T) *pair {
	t.Helper()
	lite := newGate(t)
	lite.clock.Advance(-9 * 24 * time.Hour) // sessions end by the machine's clock: so begin in the past
	other, err := store.Open(t.Context(), store.Options{DSN: pgtest.Database(t), Clock: lite.clock.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { other.Close() })
	if err := other.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	fill(t, other)
	postgres := newWorld(t, func(o *httpapi.Options) { o.Store, o.Clock = other, lite.clock.Now })
	postgres.clock = lite.clock
	postgres.fillGate(other)
	return &pair{t, &side{world: lite, callers: map[string]*caller{}}, &side{world: postgres, callers: map[string]*caller{}}, map[string]bool{}, false}
}

// asks asks both and compares the answers byte by byte.
func (p *pair) asks(who, method, path, body string) reply {
	p.t.Helper()
	one, two := p.lite.do(who, method, path, body), p.postgres.do(who, method, path, body)
	if one.StatusCode != two.StatusCode || !bytes.Equal(drawn.ReplaceAll(one.body, nil), drawn.ReplaceAll(two.body, nil)) {
		p.t.Fatalf("%s: %s %s:\n%d %s\n%d %s", who, method, path, one.StatusCode, one.body, two.StatusCode, two.body)
	}
	return one
}

// does is asks for what has to succeed.
func (p *pair) does(who, method, path, body string) {
	p.t.Helper()
	if got := p.asks(who, method, path, body); got.StatusCode >= http.StatusMultipleChoices {
		p.t.Fatalf("%s: %s %s: %d %s", who, method, path, got.StatusCode, got.body)
	}
}

// gateQuestions are requests that narrow, sort or page a list.
var gateQuestions = []string{
	"/api/policies?region=430101", "/api/policies?region=430101001201", "/api/policy-effective?region=430101&day=2025-04-01", "/api/policy-effective?day=2024-01-01",
	"/api/policy-effective?region=4302&day=never", "/api/policies/{made}", "/api/policies/{made}/faults", "/api/policies/{made}/diff?before=43-p1",
	gateRound + "/villages?region=430101", gateRound + "/villages?limit=1&offset=1", gateRound + "/needs?status=accepted", gateRound + "/needs?region=430201&status=draft",
	gateRound + "/nominees?q=%E7%9C%81", gateRound + "/nominees?q=%25", gateRound + "/nominees?unit=U2&outcome=chosen", gateRound + "/nominees?limit=2&offset=1",
	gateRound + "/ranking?limit=2&offset=1", gateRound + "/nominees/K2", gateRound + "/nominees/OLD", "/api/cadres/K2/relations",
}

// elsewhere are paths to rounds, policies and people that are not on the way.
var elsewhere = regexp.MustCompile(`/(2023|e2023|42-p1|E1|no)\b`)

// agrees compares what the accounts read on all reading routes.
func (p *pair) agrees(accounts ...string) {
	p.t.Helper()
	for _, who := range accounts {
		for _, line := range httpapi.Table() {
			if !ofGate(line) || !strings.HasPrefix(line.Pattern, "GET ") {
				continue
			}
			for _, path := range gateAsks(line) {
				if !p.everywhere && elsewhere.MatchString(path) {
					continue
				}
				got := p.asks(who, http.MethodGet, path, "")
				p.answered[line.ID] = p.answered[line.ID] || got.StatusCode == http.StatusOK
			}
		}
		for _, path := range gateQuestions {
			p.asks(who, http.MethodGet, path, "")
		}
	}
}

// rules lets the county draft, mend and enforce rules of its own.
func (p *pair) rules() {
	p.t.Helper()
	const draft = `{"region":"430101000000","name":"县里的规矩","valid_from":"2025-03-01","source":{"document":"县办法","number":"〔2025〕3号"},"version":%d,
		"values":{"max_age":{"number":%d,"source":{"place":"第三条"}}},"shares":[{"level":"county","attribute":"rural","percent":20,"skill":"farming"}]}`
	p.does("county", http.MethodPost, "/api/policies", fmt.Sprintf(draft, 0, 55))
	p.asks("county", http.MethodPost, "/api/policies/{made}/enforce", `{"version":1}`)
	p.agrees("county")
	p.does("county", http.MethodPut, "/api/policies/{made}", fmt.Sprintf(draft, 1, 45))
	p.asks("county", http.MethodDelete, "/api/policies/{made}?version=1", "")
	p.does("county", http.MethodPost, "/api/policies/{made}/enforce", `{"version":2}`)
	p.agrees("county", "province")
}

// needs lets a village ask, be sent back, and ask again.
func (p *pair) needs() {
	p.t.Helper()
	const need, draft = gateRound + "/needs/430101001201", `{"version":%d,"items":[{"head":"industry","text":"油茶","speciality":"farming","weight":90},
		{"head":"industry","text":"路灯","weight":10}],"note":"村民会议","submit":true}`
	p.does("township", http.MethodPut, need, fmt.Sprintf(draft, 0))
	p.does("township", http.MethodPost, need+"/review", `{"version":1,"accept":false,"note":"太少"}`)
	p.does("township", http.MethodPut, need, fmt.Sprintf(draft, 2))
	p.agrees("township")
	p.does("township", http.MethodPost, need+"/review", `{"version":3,"accept":true}`)
	p.does("province", http.MethodPut, gateRound+"/needs/430201001201", `{"items":[]}`)
}

func (p *pair) each(f func(*world)) {
	p.t.Helper()
	f(p.lite.world)
	f(p.postgres.world)
}

// The whole way from the rules to the locked list on both databases: whoever reads anywhere on it reads the same.
func TestPostgreSQLGoesThroughTheGateLikeSQLite(t *testing.T) {
	p := newPair(t)
	p.rules()
	p.each((*world).nominated)
	p.needs()
	p.does("province", http.MethodPost, "/api/cadres/K1/relations", `{"relative":"K2","kind":"in_law"}`)
	p.does("province", http.MethodPut, gateRound+"/aims", `{"version":1,"posts":3,"preferred":["party"]}`)
	p.agrees("province", "speaker")
	p.does("province", http.MethodPost, gateRound+"/composition", `{"choices":[{"cadre":"K1","version":2,"outcome":"chosen"},{"cadre":"P1","version":2,"outcome":"chosen"}]}`)
	p.asks("province", http.MethodPost, gateRound+"/choices", `{"choices":[{"cadre":"K1","version":2,"outcome":"chosen"},{"cadre":"OLD","version":2,"outcome":"chosen"}]}`)
	p.each((*world).chosen)
	p.does("province", http.MethodPost, gateRound+"/nominees/K1/objections", `{"day":"2025-06-01","text":"有异议","override":"公示前一天收到"}`)
	p.agrees("province", "county")
	p.does("province", http.MethodPost, gateRound+"/objections/{made}/decision", `{"version":1,"uphold":false,"reason":"不属实"}`)
	p.asks("province", http.MethodPost, gateRound+"/lock", `{"version":2}`)
	p.lite.clock.Advance(9 * 24 * time.Hour)
	p.lite.callers, p.postgres.callers = map[string]*caller{}, map[string]*caller{} // their sessions are over
	p.does("province", http.MethodPost, gateRound+"/lock", `{"version":2}`)
	p.everywhere = true
	p.agrees("province", "township", "foreign", "speaker")
	for _, line := range httpapi.Table() {
		if ofGate(line) && strings.HasPrefix(line.Pattern, "GET ") && !p.answered[line.ID] {
			t.Errorf("%s was never answered", line.ID)
		}
	}
	if locked := want[gate.SelectionOverview](p.postgres.callers["province"], gateRound); locked.Selection.Status != "locked" || len(locked.Selection.ListHash) != 64 {
		t.Errorf("%+v", locked.Selection)
	}
}
