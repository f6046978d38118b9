// Package webui serves the built front end, which is embedded in the binary. `make web` builds it into dist; without it
// the program builds and runs all the same and says so on its pages.
package webui

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"time"
)

//go:embed all:dist
var dist embed.FS

// Embedded is the front end that was built into this binary; it may hold no pages.
func Embedded() fs.FS {
	files, err := fs.Sub(dist, "dist")
	if err != nil { // the folder is embedded above
		panic(err)
	}
	return files
}

const (
	index      = "index.html"
	assets     = "assets/" // the bundler puts a hash of the content into these names
	forEver    = "public, max-age=31536000, immutable"
	alwaysAsks = "no-cache"
)

// variant is one form of a file: as it is, or packed.
type variant struct {
	coding string // of Content-Encoding, empty for the file as it is
	body   []byte
	tag    string
}

// file is a file with its forms, the smallest first.
type file struct {
	contentType string
	variants    []variant
}

// handler holds all files in memory; together they are a few megabytes.
type handler struct{ files map[string]file }

// codings are the packed forms by the ending of their files, the best first.
var codings = []struct{ ending, name string }{{".br", "br"}, {".gz", "gzip"}}

// Handler serves the files. A path that names none of them and looks like no file is one of the app's own, which the
// browser resolves: it gets index.html. Files under assets/ may be kept for ever, all others are asked for each time.
func Handler(files fs.FS) (http.Handler, error) {
	h := &handler{files: map[string]file{}}
	err := fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.HasPrefix(path.Base(name), ".") || isPacked(files, name) {
			return err
		}
		f, err := read(files, name)
		h.files[name] = f
		return err
	})
	return h, err
}

// isPacked says whether the file is the packed form of another one.
func isPacked(files fs.FS, name string) bool {
	for _, c := range codings {
		if plain, ok := strings.CutSuffix(name, c.ending); ok {
			_, err := fs.Stat(files, plain)
			return err == nil
		}
	}
	return false
}

func read(files fs.FS, name string) (file, error) {
	f := file{contentType: typeOf(name)}
	for _, c := range codings {
		if body, err := fs.ReadFile(files, name+c.ending); err == nil {
			f.variants = append(f.variants, variant{c.name, body, tagOf(body)})
		}
	}
	body, err := fs.ReadFile(files, name)
	f.variants = append(f.variants, variant{"", body, tagOf(body)})
	return f, err
}

func tagOf(body []byte) string {
	sum := sha256.Sum256(body)
	return `"` + base64.RawURLEncoding.EncodeToString(sum[:16]) + `"`
}

// ServeHTTP answers GET and HEAD.
func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, http.StatusText(http.StatusMethodNotAllowed), http.StatusMethodNotAllowed)
		return
	}
	name := strings.TrimPrefix(path.Clean("/"+r.URL.Path), "/")
	f, ok := h.files[name]
	if !ok {
		if path.Ext(name) != "" || strings.HasPrefix(name, assets) {
			w.Header().Set("Cache-Control", "no-store")
			http.NotFound(w, r)
			return
		}
		name = index
		if f, ok = h.files[name]; !ok {
			notBuilt(w)
			return
		}
	}
	serve(w, r, name, f)
}

func serve(w http.ResponseWriter, r *http.Request, name string, f file) {
	v := f.best(r.Header.Get("Accept-Encoding"))
	header := w.Header()
	header.Set("Content-Type", f.contentType)
	header.Set("ETag", v.tag)
	header.Set("Vary", "Accept-Encoding")
	header.Set("Cache-Control", alwaysAsks)
	if strings.HasPrefix(name, assets) {
		header.Set("Cache-Control", forEver)
	}
	if v.coding != "" {
		header.Set("Content-Encoding", v.coding)
	}
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(v.body))
}

// best is the first form that the caller can read; the last one is for everybody.
func (f file) best(accepted string) variant {
	for _, v := range f.variants {
		if v.coding == "" || accepts(accepted, v.coding) {
			return v
		}
	}
	return f.variants[len(f.variants)-1]
}

// accepts reads an Accept-Encoding header; a quality of 0 is a no.
func accepts(header, coding string) bool {
	for one := range strings.SplitSeq(header, ",") {
		name, quality, weighed := strings.Cut(one, ";")
		if strings.EqualFold(strings.TrimSpace(name), coding) {
			return !weighed || strings.Trim(strings.TrimPrefix(strings.TrimSpace(quality), "q="), "0.") != ""
		}
	}
	return false
}

// types are the content types of what the bundler writes; those of the machine's own tables differ from place to place.
var types = map[string]string{
	".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8",
	".json": "application/json", ".svg": "image/svg+xml", ".png": "image/png", ".ico": "image/x-icon", ".webp": "image/webp",
	".woff2": "font/woff2", ".webmanifest": "application/manifest+json", ".txt": "text/plain; charset=utf-8",
}

func typeOf(name string) string {
	if t, ok := types[path.Ext(name)]; ok {
		return t
	}
	return "application/octet-stream"
}

const notBuiltPage = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>接力 Jieli</title>
<body><h1>前端尚未构建</h1><p>请运行 <code>make build</code> 后重新启动。</p>
<h1 lang="en">The front end is not built</h1><p lang="en">Run <code>make build</code> and start again.</p></body></html>
`

func notBuilt(w http.ResponseWriter) {
	w.Header().Set("Content-Type", types[".html"])
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusServiceUnavailable)
	_, _ = w.Write([]byte(notBuiltPage)) // a caller who hung up misses nothing
}
