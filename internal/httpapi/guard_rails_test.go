package httpapi_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"jieli/internal/httpapi"
)

func TestOtherSitesCannotMakeABrowserAct(t *testing.T) {
	w := newWorld(t)
	c := w.as("county")
	for _, headers := range [][]string{{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}, {"Origin", "https://evil.example"}} {
		for _, line := range httpapi.Table() {
			method, path, _ := strings.Cut(line.Pattern, " ")
			if method != http.MethodPost && method != http.MethodDelete {
				continue
			}
			got := (&caller{world: w, cookie: c.cookie}).do(method, path, "", headers...)
			if p := got.problem(t); got.StatusCode != http.StatusForbidden || p.Code != "request.cross_origin" {
				t.Errorf("%s with %v: %d", line.Pattern, headers, got.StatusCode)
			}
		}
	}
	if got := c.get("/api/session", "Sec-Fetch-Site", "cross-site"); got.StatusCode != http.StatusOK {
		t.Errorf("reading is harmless: %d", got.StatusCode)
	}
	if got := w.nobody().signIn("county", secret, "Sec-Fetch-Site", "same-origin", "Origin", w.url); got.StatusCode != http.StatusOK {
		t.Errorf("our own page: %d", got.StatusCode)
	}
}

func TestHeadersBoundTheBrowser(t *testing.T) {
	w := newWorld(t)
	for _, path := range []string{"/", "/api/rounds", "/healthz", "/metrics", "/nothing"} {
		h := w.nobody().get(path).Header
		csp := h.Get("Content-Security-Policy")
		rules := strings.Split(csp, "; ")
		if !slices.Contains(rules, "script-src 'self'") || !slices.Contains(rules, "frame-ancestors 'none'") {
			t.Errorf("%s: %s", path, csp)
		}
		if h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Referrer-Policy") != "no-referrer" || h.Get("X-Request-Id") == "" {
			t.Errorf("%s: %v", path, h)
		}
	}
}

func TestBodiesThatMakeNoSense(t *testing.T) {
	c := newWorld(t).nobody()
	for body, want := range map[string]struct {
		status         int
		code, at, each string
	}{
		`{"username":"county","password":"x","role":"province_office"}`: {422, "request.invalid", "body.role", "request.unknown_field"},
		`{"username":"county"}`:                                         {422, "request.invalid", "body", "request.required"},
		`{"username":7,"password":"x"}`:                                 {422, "request.invalid", "body.username", "request.not_text"},
		`{"username":"","password":"x"}`:                                {422, "request.invalid", "body.username", "request.too_short"},
		`{"username":"` + strings.Repeat("a", 65) + `","password":"x"}`: {422, "request.invalid", "body.username", "request.too_long"},
		`[]`:                        {422, "request.invalid", "body", "request.not_object"},
		`{"username":`:              {400, "request.malformed", "body", "request.malformed"},
		"\xff\xfe":                  {400, "request.malformed", "body", "request.malformed"},
		strings.Repeat(" ", 65<<10): {413, "request.body_too_large", "", ""},
	} {
		got := c.do(http.MethodPost, "/api/session", body)
		p := got.problem(t)
		if got.StatusCode != want.status || p.Code != want.code {
			t.Errorf("%.40q: %d %+v", body, got.StatusCode, p)
			continue
		}
		if want.at != "" && (len(p.Errors) != 1 || p.Errors[0].Location != want.at || p.Errors[0].Code != want.each) {
			t.Errorf("%.40q: %+v", body, p.Errors)
		}
	}
	if got := c.do(http.MethodPost, "/api/session", ""); got.StatusCode != http.StatusBadRequest {
		t.Errorf("no body: %d %s", got.StatusCode, got.body)
	}
	if got := c.do(http.MethodPost, "/api/session", "username=a", "Content-Type", "application/x-www-form-urlencoded"); got.StatusCode/100 != 4 {
		t.Errorf("a form: %d", got.StatusCode)
	}
}

// A password in the wrong field must not come back, nor stand in the log.
func TestWhatWasSentIsNotSentBack(t *testing.T) {
	w := newWorld(t)
	c := w.as("province")
	const canary = "canary-430102198001011234"
	for _, got := range []reply{
		c.do(http.MethodPost, "/api/session", `{"username":7,"password":"`+canary+`","`+canary+`2":1}`),
		c.get("/api/plans/p1/teams?sort=" + canary), c.get("/api/plans/p1/teams?limit=" + canary), c.get("/api/regions?q=" + canary),
		c.get("/api/" + canary), c.get("/" + canary), c.do("BREW-"+canary, "/api/rounds", ""),
		c.get("/api/session", "User-Agent", canary, "Referer", canary, "Cookie", "jieli_session="+canary),
	} {
		if bytes.Contains(bytes.ReplaceAll(got.body, []byte(`"location":"body.`+canary+`2"`), nil), []byte(canary)) {
			t.Errorf("%d: %s", got.StatusCode, got.body)
		}
	}
	if strings.Contains(w.log.String(), canary) {
		t.Errorf("log: %s", w.log)
	}
}

func TestQueriesThatMakeNoSense(t *testing.T) {
	c := newWorld(t).as("province")
	for query, want := range map[string]string{
		"region=43x": "region.code_malformed", "region=4301011": "region.code_malformed", "region=%00": "region.code_malformed",
		"region=43'%20OR%201=1": "region.code_malformed", "limit=201": "request.too_large", "limit=0": "request.too_small",
		"limit=x": "request.not_integer", "limit=1e9": "request.not_integer", "offset=-1": "request.too_small",
		"offset=99999999999999999999": "request.not_integer", "sort=score;drop": "request.not_one_of", "sort=password_hash": "request.not_one_of",
		"desc=maybe": "request.not_boolean", "category=all": "request.not_one_of", "unit_level=national": "request.not_one_of",
		"scope=42": "request.unknown_parameter", "q=" + strings.Repeat("a", 65): "request.too_long",
		"region=43&region=42&limit=x": "request.not_integer",
	} {
		got := c.get("/api/plans/p1/teams?" + query)
		p := got.problem(t)
		if got.StatusCode != http.StatusUnprocessableEntity || len(p.Errors) == 0 || p.Errors[0].Code != want || p.Errors[0].Detail == want {
			t.Errorf("%s: %d %+v", query, got.StatusCode, p)
		}
	}
	for path, want := range map[string]string{
		"/api/plans/p1/points": "request.required", "/api/plans/p1/points?region=43": "points.region_level",
		"/api/plans/p1/points?region=430101001201": "points.region_level", "/api/outlines/4301x": "region.code_malformed",
		"/api/plans/p1/regions/%2e%2e": "region.code_malformed",
	} {
		if got := c.get(path); got.StatusCode != http.StatusUnprocessableEntity || got.problem(t).Code != want {
			t.Errorf("%s: %d %s", path, got.StatusCode, got.body)
		}
	}
}

// Hostile searches find nothing and break nothing.
func TestHostileSearches(t *testing.T) {
	c := newWorld(t).as("county")
	for _, q := range []string{
		`'`, `"`, `%`, `_`, `\`, `' OR '1'='1`, `'; DROP TABLE account; --`, "\x00", "\u202e", `%25`, `🙂`, `*`, `第%村`, `{{.}}`, `<script>`, `../../`, `?`, `$1`,
	} {
		for _, path := range []string{"/api/plans/p1/teams?q=", "/api/regions?q=", "/api/registry/cadre?q=", "/api/registry/village?filter=name:contains:"} {
			got := c.get(path + url.QueryEscape(q))
			if got.StatusCode != http.StatusOK || bytes.Contains(got.body, []byte(`"code":"43`)) {
				t.Errorf("%s%q: %d %s", path, q, got.StatusCode, got.body)
			}
			if words := leaks(path, got.body, county); len(words) > 0 {
				t.Errorf("%q finds %v", q, words)
			}
		}
	}
	if got := c.get("/api/session"); got.StatusCode != http.StatusOK {
		t.Errorf("afterwards: %d", got.StatusCode)
	}
}

func TestAnswersAreTaggedAndPacked(t *testing.T) {
	w := newWorld(t)
	c := w.as("province")
	const path = "/api/plans/p1/teams"
	plainly := c.get(path)
	tag := plainly.Header.Get("ETag")
	if tag == "" || plainly.Header.Get("Cache-Control") != "private, no-cache" || plainly.Header.Get("Content-Encoding") != "" ||
		plainly.Header.Get("Vary") != "Accept-Encoding, Accept-Language, Cookie" {
		t.Errorf("headers %v", plainly.Header)
	}
	const long = "/api/openapi.json"
	large := c.get(long)
	packed := c.get(long, "Accept-Encoding", "deflate, gzip")
	if packed.Header.Get("Content-Encoding") != "gzip" || packed.Header.Get("ETag") != large.Header.Get("ETag") ||
		len(packed.body) >= len(large.body) || !bytes.Equal(unpack(t, packed.body), large.body) {
		t.Errorf("packed %v", packed.Header)
	}
	for _, held := range []string{tag, `"x", ` + tag, strings.TrimPrefix(tag, "W/"), "*"} {
		if got := c.get(path, "If-None-Match", held); got.StatusCode != http.StatusNotModified || len(got.body) != 0 {
			t.Errorf("%s: %d", held, got.StatusCode)
		}
	}
	if got := w.as("county").get(path, "If-None-Match", tag); got.StatusCode != http.StatusOK {
		t.Errorf("somebody else's answer: %d", got.StatusCode)
	}
	if got := c.get("/api/session", "Accept-Encoding", "gzip"); got.Header.Get("Content-Encoding") != "" {
		t.Error("a small answer was packed")
	}
	if got := c.get(long, "Accept-Encoding", "gzip;q=0"); got.Header.Get("Content-Encoding") != "" {
		t.Error("packed for somebody who cannot unpack")
	}
	if got := w.nobody().signIn("county", secret); got.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("signing in may be kept: %v", got.Header)
	}
}

func unpack(t *testing.T, packed []byte) []byte {
	t.Helper()
	reader, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(reader)
	if err != nil {
		t.Fatal(err)
	}
	return plain
}

func TestHealth(t *testing.T) {
	w := newWorld(t)
	for _, path := range []string{"/healthz", "/readyz"} {
		if got := w.nobody().get(path); got.StatusCode != http.StatusOK {
			t.Errorf("%s: %d", path, got.StatusCode)
		}
	}
	w.store.Close()
	if got := w.nobody().get("/healthz"); got.StatusCode != http.StatusOK {
		t.Errorf("the process lives: %d", got.StatusCode)
	}
	if got := w.nobody().get("/readyz"); got.StatusCode != http.StatusServiceUnavailable || got.problem(t).Code != "server.not_ready" {
		t.Errorf("without a store: %d", got.StatusCode)
	}
}

// What fails inside is told as such, with the request's id, and stands in the log under it.
func TestInnerFailuresStayInside(t *testing.T) {
	w := newWorld(t)
	c := w.as("province")
	w.store.Close()
	got := c.get("/api/rounds")
	p := got.problem(t)
	if got.StatusCode != http.StatusInternalServerError || p.Code != "request.internal" || strings.Contains(string(got.body), "sql") {
		t.Errorf("%d %s", got.StatusCode, got.body)
	}
	if !strings.Contains(w.log.String(), p.RequestID) || !strings.Contains(w.log.String(), "closed") {
		t.Errorf("log: %s", w.log)
	}
}

func TestAPanicIsAnInnerFailure(t *testing.T) {
	w := newWorld(t, func(o *httpapi.Options) {
		o.Pages = http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("the front end is on fire") })
	})
	got := w.nobody().get("/somewhere")
	if p := got.problem(t); got.StatusCode != http.StatusInternalServerError || p.Code != "request.internal" {
		t.Errorf("%d %s", got.StatusCode, got.body)
	}
	if !strings.Contains(w.log.String(), "the front end is on fire") || !strings.Contains(w.log.String(), `"stack"`) {
		t.Errorf("log: %s", w.log)
	}
	if got := w.nobody().get("/healthz"); got.StatusCode != http.StatusOK {
		t.Errorf("afterwards: %d", got.StatusCode)
	}
}

func TestThePagesAreTheFrontEnds(t *testing.T) {
	c := newWorld(t).nobody()
	for _, path := range []string{"/", "/plans/p1", "/apifoo"} {
		if got := c.get(path); got.StatusCode != http.StatusOK || string(got.body) != "the page" {
			t.Errorf("%s: %d %s", path, got.StatusCode, got.body)
		}
	}
}

func TestTheLogTellsRouteStatusAndAccountAndNothingElse(t *testing.T) {
	w := newWorld(t)
	w.as("county").get("/api/plans/p1/teams?q=%E7%8E%8B%E4%B8%89")
	line := w.log.String()
	line = line[strings.LastIndex(strings.TrimSpace(line), "\n")+1:]
	for _, word := range []string{`"route":"GET /api/plans/{plan}/teams"`, `"status":200`, `"account":"a-county"`, `"method":"GET"`} {
		if !strings.Contains(line, word) {
			t.Errorf("no %s in %s", word, line)
		}
	}
	if strings.Contains(line, "王三") || strings.Contains(line, "%E7") || strings.Contains(line, "p1") {
		t.Errorf("too much: %s", line)
	}
}
