package httpapi

import (
	"log/slog"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
	"github.com/prometheus/client_golang/prometheus"

	"jieli/internal/dispatch"
	"jieli/internal/i18n"
	"jieli/internal/registry"
	"jieli/internal/sheet/desk"
	"jieli/internal/store"
)

// Options are all that the HTTP surface needs of the world around it.
type Options struct {
	Store       *store.Store
	Catalog     *i18n.Catalog
	Pages       http.Handler // the front end
	Log         *slog.Logger
	Clock       func() time.Time       // nil: the machine's
	Secure      bool                   // callers speak TLS, with us or with a proxy in front: cookies are for TLS only
	BehindProxy bool                   // a proxy in front writes X-Forwarded-For
	Version     string                 // of the program, for the metrics
	Meters      []prometheus.Collector // what else the metrics tell
	Stopping    <-chan struct{}        // closed when the server begins to stop: streams end; nil: never
	Registry    *registry.Service
	Desk        *desk.Service // of the registry's sheets
	WarmBytes   int64         // memory for plans that are kept loaded; the last one used is kept whatever its size
}

// server answers requests. All of its state but the throttle and the metrics lies in the store.
type server struct {
	options  Options
	store    *store.Store
	catalog  *i18n.Catalog
	log      *slog.Logger
	clock    func() time.Time
	sessions *sessions
	throttle *throttle
	hashing  chan struct{} // a place for each password that is being checked
	meters   *meters
	contract contract
	warm     *dispatch.Warm
}

// New builds the handler of everything that Jieli serves.
func New(o Options) (http.Handler, error) {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	s := &server{
		options: o, store: o.Store, catalog: o.Catalog, log: o.Log, clock: o.Clock,
		sessions: newSessions(o.Store.Sessions(), o.Clock),
		throttle: newThrottle(o.Clock),
		hashing:  make(chan struct{}, maxHashing),
		meters:   newMeters(o.Version, o.Store.Pools, o.Meters),
		warm:     dispatch.NewWarm(o.Store, o.WarmBytes),
	}
	mux := http.NewServeMux()
	api, _ := s.mount(mux)
	contract, err := newContract(api.OpenAPI())
	if err != nil {
		return nil, err
	}
	s.contract = contract
	return s.outside(mux), nil
}

// mount puts the table on the mux and gives the patterns that it put there. Nothing else gets onto the mux.
func (s *server) mount(mux *http.ServeMux) (huma.API, []string) {
	table := s.routes()
	guarded := &guardedMux{mux: mux, server: s, table: make(map[string]route, len(table))}
	for _, r := range table {
		guarded.table[r.pattern] = r
	}
	config := humaConfig()
	config.Transformers = []huma.Transformer{s.inWords}
	api := humago.New(guarded, config)
	for _, r := range table {
		if r.answer.typed != nil {
			r.answer.typed(api, r.operation())
		} else {
			guarded.HandleFunc(r.pattern, r.answer.plain.ServeHTTP)
		}
	}
	return api, guarded.mounted
}

// guardedMux lets nothing onto the mux that does not stand in the table, and puts the guard in front of all that does.
type guardedMux struct {
	mux     *http.ServeMux
	server  *server
	table   map[string]route
	mounted []string
}

// HandleFunc mounts a handler under a pattern of the table.
func (m *guardedMux) HandleFunc(pattern string, handler func(http.ResponseWriter, *http.Request)) {
	r, known := m.table[pattern]
	if !known {
		panic("httpapi: " + pattern + " does not stand in the route table")
	}
	m.mounted = append(m.mounted, pattern)
	m.mux.Handle(pattern, m.server.bounded(r, m.server.guard(r, http.HandlerFunc(handler))))
}

// ServeHTTP serves what was mounted.
func (m *guardedMux) ServeHTTP(w http.ResponseWriter, r *http.Request) { m.mux.ServeHTTP(w, r) }
