package jobs

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"jieli/internal/store"
)

// meters count what this process does.
type meters struct {
	running *prometheus.GaugeVec
	ends    *prometheus.CounterVec
	seconds *prometheus.HistogramVec
}

func newMeters() *meters {
	return &meters{
		running: prometheus.NewGaugeVec(prometheus.GaugeOpts{
			Name: "jieli_jobs_running", Help: "Jobs that this process does now.",
		}, []string{"kind"}),
		ends: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "jieli_jobs_attempts_total", Help: "Attempts that this process has ended, by outcome.",
		}, []string{"kind", "outcome"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "jieli_jobs_attempt_duration_seconds", Help: "How long attempts took.",
			Buckets: []float64{.1, .5, 1, 5, 10, 30, 60, 300, 900, 3600},
		}, []string{"kind"}),
	}
}

func (m *meters) ended(kind, outcome string, took time.Duration) {
	m.ends.WithLabelValues(kind, outcome).Inc()
	m.seconds.WithLabelValues(kind).Observe(took.Seconds())
}

// askTime bounds what a collector of metrics may cost the database.
const askTime = 2 * time.Second

var openJobs = prometheus.NewDesc("jieli_jobs_open", "Jobs of all processes that have not ended, by state.", []string{"kind", "state"}, nil)

// Describe names what is told.
func (r *Runner) Describe(out chan<- *prometheus.Desc) {
	out <- openJobs
	r.meters.running.Describe(out)
	r.meters.ends.Describe(out)
	r.meters.seconds.Describe(out)
}

// Collect tells it. When the database does not answer in time, what is open is left out rather than told wrongly.
func (r *Runner) Collect(out chan<- prometheus.Metric) {
	r.meters.running.Collect(out)
	r.meters.ends.Collect(out)
	r.meters.seconds.Collect(out)
	ctx, cancel := context.WithTimeout(context.Background(), askTime)
	defer cancel()
	var open []store.JobCount
	err := r.store.Read(ctx, func(tx *store.Tx) (err error) {
		open, err = store.OpenJobs(tx)
		return err
	})
	if err != nil {
		return
	}
	for _, o := range open {
		out <- prometheus.MustNewConstMetric(openJobs, prometheus.GaugeValue, float64(o.Count), o.Kind, string(o.State))
	}
}
