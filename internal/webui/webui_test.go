package webui_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"jieli/internal/webui"
)

func built() fstest.MapFS {
	file := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	return fstest.MapFS{
		".gitkeep": file(""), "index.html": file("<html>app</html>"), "index.html.gz": file("packed index"),
		"favicon.svg": file("<svg/>"), "assets/app-1a2b.js": file("console.log(1)"), "assets/app-1a2b.js.gz": file("packed js"),
		"assets/app-1a2b.js.br": file("tighter js"), "data.gz": file("a file that is packed by nature"),
	}
}

func ask(t *testing.T, files fstest.MapFS, method, path string, headers ...string) (*http.Response, string) {
	t.Helper()
	handler, err := webui.Handler(files)
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequestWithContext(t.Context(), method, path, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, r)
	body, err := io.ReadAll(w.Result().Body)
	if err != nil {
		t.Fatal(err)
	}
	return w.Result(), string(body)
}

func TestFilesAndTheAppsOwnPaths(t *testing.T) {
	for path, want := range map[string]struct {
		status            int
		body, kind, cache string
	}{
		"/":                      {200, "<html>app</html>", "text/html; charset=utf-8", "no-cache"},
		"/index.html":            {200, "<html>app</html>", "text/html; charset=utf-8", "no-cache"},
		"/plans/p1/teams":        {200, "<html>app</html>", "text/html; charset=utf-8", "no-cache"},
		"/favicon.svg":           {200, "<svg/>", "image/svg+xml", "no-cache"},
		"/assets/app-1a2b.js":    {200, "console.log(1)", "text/javascript; charset=utf-8", "public, max-age=31536000, immutable"},
		"/data.gz":               {200, "a file that is packed by nature", "application/octet-stream", "no-cache"},
		"/assets/app-old.js":     {404, "404 page not found\n", "text/plain; charset=utf-8", "no-store"},
		"/assets/app-old":        {404, "404 page not found\n", "text/plain; charset=utf-8", "no-store"},
		"/nothing.png":           {404, "404 page not found\n", "text/plain; charset=utf-8", "no-store"},
		"/.gitkeep":              {404, "404 page not found\n", "text/plain; charset=utf-8", "no-store"},
		"/assets/app-1a2b.js.gz": {404, "404 page not found\n", "text/plain; charset=utf-8", "no-store"},
		"/../../etc/passwd":      {200, "<html>app</html>", "text/html; charset=utf-8", "no-cache"},
	} {
		got, body := ask(t, built(), http.MethodGet, path)
		if got.StatusCode != want.status || body != want.body || got.Header.Get("Content-Type") != want.kind || got.Header.Get("Cache-Control") != want.cache {
			t.Errorf("%s: %d %q %v", path, got.StatusCode, body, got.Header)
		}
	}
}

func TestPackedFormsGoToThoseWhoCanReadThem(t *testing.T) {
	for accepted, want := range map[string][2]string{
		"": {"", "console.log(1)"}, "gzip": {"gzip", "packed js"}, "gzip, deflate, br": {"br", "tighter js"},
		"br;q=0, gzip;q=0.5": {"gzip", "packed js"}, "gzip;q=0.0": {"", "console.log(1)"}, "identity": {"", "console.log(1)"},
	} {
		got, body := ask(t, built(), http.MethodGet, "/assets/app-1a2b.js", "Accept-Encoding", accepted)
		if got.Header.Get("Content-Encoding") != want[0] || body != want[1] || got.Header.Get("Vary") != "Accept-Encoding" {
			t.Errorf("%q: %q %v", accepted, body, got.Header)
		}
		if got.Header.Get("Content-Type") != "text/javascript; charset=utf-8" {
			t.Errorf("%q: %v", accepted, got.Header)
		}
	}
}

func TestACallerWhoHasTheFileIsNotSentItAgain(t *testing.T) {
	first, _ := ask(t, built(), http.MethodGet, "/")
	again, body := ask(t, built(), http.MethodGet, "/", "If-None-Match", first.Header.Get("ETag"))
	if again.StatusCode != http.StatusNotModified || body != "" {
		t.Errorf("%d %q", again.StatusCode, body)
	}
	changed := built()
	changed["index.html"] = &fstest.MapFile{Data: []byte("<html>new</html>")}
	if again, _ = ask(t, changed, http.MethodGet, "/", "If-None-Match", first.Header.Get("ETag")); again.StatusCode != http.StatusOK {
		t.Errorf("a changed file answers %d", again.StatusCode)
	}
}

func TestOnlyReadingIsAnswered(t *testing.T) {
	for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodDelete, "BREW"} {
		if got, _ := ask(t, built(), method, "/"); got.StatusCode != http.StatusMethodNotAllowed || got.Header.Get("Allow") != "GET, HEAD" {
			t.Errorf("%s: %d", method, got.StatusCode)
		}
	}
	got, body := ask(t, built(), http.MethodHead, "/")
	if got.StatusCode != http.StatusOK || body != "" || got.Header.Get("Content-Length") != "16" {
		t.Errorf("HEAD: %d %q %v", got.StatusCode, body, got.Header)
	}
}

func TestWithoutAFrontEndThePageSaysHowToBuildIt(t *testing.T) {
	got, body := ask(t, fstest.MapFS{".gitkeep": &fstest.MapFile{}}, http.MethodGet, "/rounds")
	if got.StatusCode != http.StatusServiceUnavailable || !strings.Contains(body, "make build") || !strings.Contains(body, "尚未构建") {
		t.Errorf("%d %q", got.StatusCode, body)
	}
}

func TestTheEmbeddedFilesCanBeServed(t *testing.T) {
	handler, err := webui.Handler(webui.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil))
	if w.Code != http.StatusOK && w.Code != http.StatusServiceUnavailable {
		t.Errorf("status %d", w.Code)
	}
}
