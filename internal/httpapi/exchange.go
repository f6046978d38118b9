package httpapi

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"jieli/internal/i18n"
)

// exchange is what the server knows of one request and its answer, from the outermost layer to the handler.
type exchange struct {
	id      string // names the request in the log and in error bodies
	pattern string // the table's line, empty where none matched
	account string // who asked, empty for nobody
	token   string // of the session, as the cookie gave it
	source  string // address that the request came from
	local   bool   // it came from this machine and was not passed on by a proxy
	printer *i18n.Printer
}

type exchangeKey struct{}

// of gives the request's exchange; outside of a request a fresh one that speaks the default language.
func (s *server) of(ctx context.Context) *exchange {
	if x, ok := ctx.Value(exchangeKey{}).(*exchange); ok {
		return x
	}
	return &exchange{printer: s.catalog.Printer()}
}

// maxLanguageWish is how much of an Accept-Language header is looked at; real ones are shorter.
const maxLanguageWish = 200

// open begins the exchange of a request.
func (s *server) open(r *http.Request) (*exchange, *http.Request) {
	x := &exchange{id: uuid.NewString(), source: s.sourceOf(r), local: isLocal(r)}
	if cookie, err := r.Cookie(s.cookieName()); err == nil {
		x.token = cookie.Value
	}
	wish := r.Header.Get("Accept-Language")
	x.printer = s.catalog.Printer(wish[:min(len(wish), maxLanguageWish)])
	return x, r.WithContext(context.WithValue(r.Context(), exchangeKey{}, x))
}
