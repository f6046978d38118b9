package httpapi

import (
	"net/http"
	"runtime"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"jieli/internal/store"
)

// meters count what the server does. Labels are of small sets only: the table's pattern, never the path.
type meters struct {
	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
	handler  http.Handler
}

func newMeters(version string, pools func() map[string]store.Pool, others []prometheus.Collector) *meters {
	m := &meters{
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "jieli_http_requests_total", Help: "Requests answered, by route pattern and status.",
		}, []string{"route", "status"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "jieli_http_request_duration_seconds", Help: "Time to answer, by route pattern.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10},
		}, []string{"route"}),
	}
	build := prometheus.NewGauge(prometheus.GaugeOpts{
		Name: "jieli_build_info", Help: "Always 1; the labels say which program this is.",
		ConstLabels: prometheus.Labels{"version": version, "go": runtime.Version()},
	})
	build.Set(1)
	registry := prometheus.NewRegistry()
	registry.MustRegister(m.requests, m.seconds, build, poolMeter(pools),
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	registry.MustRegister(others...)
	m.handler = promhttp.HandlerFor(registry, promhttp.HandlerOpts{Registry: registry})
	return m
}

// count notes one answered request. A request that met no line of the table counts as "none".
func (m *meters) count(pattern string, status int, took time.Duration) {
	if pattern == "" {
		pattern = "none"
	}
	m.requests.WithLabelValues(pattern, strconv.Itoa(status)).Inc()
	m.seconds.WithLabelValues(pattern).Observe(took.Seconds())
}

// poolMeter tells how busy the store's connections are, at the moment of asking.
type poolMeter func() map[string]store.Pool

var (
	poolOpen   = prometheus.NewDesc("jieli_store_connections", "Connections that are open.", []string{"pool"}, nil)
	poolInUse  = prometheus.NewDesc("jieli_store_connections_in_use", "Connections that are in use.", []string{"pool"}, nil)
	poolWaits  = prometheus.NewDesc("jieli_store_waits_total", "How often somebody waited for a connection.", []string{"pool"}, nil)
	poolWaited = prometheus.NewDesc("jieli_store_wait_seconds_total", "How long they waited in all.", []string{"pool"}, nil)
)

// Describe names what is told.
func (poolMeter) Describe(out chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{poolOpen, poolInUse, poolWaits, poolWaited} {
		out <- d
	}
}

// Collect tells it.
func (p poolMeter) Collect(out chan<- prometheus.Metric) {
	for name, pool := range p() {
		out <- prometheus.MustNewConstMetric(poolOpen, prometheus.GaugeValue, float64(pool.Open), name)
		out <- prometheus.MustNewConstMetric(poolInUse, prometheus.GaugeValue, float64(pool.InUse), name)
		out <- prometheus.MustNewConstMetric(poolWaits, prometheus.CounterValue, float64(pool.Waits), name)
		out <- prometheus.MustNewConstMetric(poolWaited, prometheus.CounterValue, pool.Waited.Seconds(), name)
	}
}
