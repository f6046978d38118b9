package httpapi

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strings"
	"sync"
)

const worthPacking = 1400 // bytes; a smaller answer fits one packet anyway

// buffer holds an answer until it is known whether it has to be sent at all.
type buffer struct {
	below     http.ResponseWriter
	status    int
	body      bytes.Buffer
	streaming bool
}

// Header gives the headers of the answer.
func (b *buffer) Header() http.Header { return b.below.Header() }

// Unwrap gives the writer below to http.ResponseController, for deadlines.
func (b *buffer) Unwrap() http.ResponseWriter { return b.below }

// WriteHeader keeps the first status.
func (b *buffer) WriteHeader(status int) {
	if b.status == 0 {
		b.status = status
	}
}

// Write keeps a part of the body.
func (b *buffer) Write(p []byte) (int, error) {
	b.WriteHeader(http.StatusOK)
	return b.body.Write(p)
}

// FlushError sends what there is. Who flushes streams: from here on nothing is held back, and the answer has neither an
// entity tag nor a packed form.
func (b *buffer) FlushError() error {
	if !b.streaming {
		b.streaming = true
		b.WriteHeader(http.StatusOK)
		b.below.Header().Set("Cache-Control", "no-store")
		b.below.WriteHeader(b.status)
	}
	_, err := b.body.WriteTo(b.below)
	if err == nil {
		err = http.NewResponseController(b.below).Flush()
	}
	return err
}

// conditional gives answers of the API an entity tag, answers 304 where the caller has the very same answer already,
// and packs what is large. Answers depend on the caller, so nobody between may keep them, and a browser asks each time.
// The front end's files are static and come with their own tags and packed forms.
func (s *server) conditional(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasPrefix(r.URL.Path, "/api/") {
			next.ServeHTTP(w, r)
			return
		}
		b := &buffer{below: w}
		next.ServeHTTP(b, r)
		if b.streaming {
			return
		}
		b.WriteHeader(http.StatusOK)
		h := w.Header()
		h.Set("Cache-Control", "private, no-cache")
		h.Set("Vary", "Accept-Encoding, Accept-Language, Cookie")
		if b.status == http.StatusOK && r.Method == http.MethodGet {
			h.Set("ETag", tagOf(b.body.Bytes()))
			if holds(r.Header.Get("If-None-Match"), h.Get("ETag")) {
				h.Del("Content-Type")
				w.WriteHeader(http.StatusNotModified)
				return
			}
		} else {
			h.Set("Cache-Control", "no-store")
		}
		s.deliver(w, r, b)
	})
}

// deliver sends the answer, packed where that is worth it and the caller can unpack.
func (s *server) deliver(w http.ResponseWriter, r *http.Request, b *buffer) {
	if b.body.Len() < worthPacking || !acceptsGzip(r) {
		w.WriteHeader(b.status)
		s.write(w, b.body.Bytes())
		return
	}
	w.Header().Set("Content-Encoding", "gzip")
	w.WriteHeader(b.status)
	packer := packers.Get().(*gzip.Writer)
	defer packers.Put(packer)
	packer.Reset(w)
	_, err := packer.Write(b.body.Bytes())
	if closed := packer.Close(); err == nil {
		err = closed
	}
	if err != nil {
		s.log.Debug("answer was not received", "error", err)
	}
}

var packers = sync.Pool{New: func() any {
	packer, err := gzip.NewWriterLevel(nil, 5)
	if err != nil { // 5 is a level
		panic(err)
	}
	return packer
}}

// tagOf is weak: the same answer may go out packed or not.
func tagOf(body []byte) string {
	sum := sha256.Sum256(body)
	return `W/"` + base64.RawURLEncoding.EncodeToString(sum[:16]) + `"`
}

// holds says whether the tag is among those that the caller holds.
func holds(held, tag string) bool {
	for one := range strings.SplitSeq(held, ",") {
		if one = strings.TrimSpace(one); one == "*" || strings.TrimPrefix(one, "W/") == strings.TrimPrefix(tag, "W/") {
			return true
		}
	}
	return false
}

// acceptsGzip reads Accept-Encoding; "gzip;q=0" says no.
func acceptsGzip(r *http.Request) bool {
	for one := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		name, quality, _ := strings.Cut(strings.TrimSpace(one), ";")
		if strings.EqualFold(strings.TrimSpace(name), "gzip") {
			return strings.TrimLeft(strings.TrimPrefix(strings.TrimSpace(quality), "q="), "0.") != "" || quality == ""
		}
	}
	return false
}
