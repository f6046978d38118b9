package storetest

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"jieli/internal/domain"
	"jieli/internal/store"
)

const (
	jobProvince = domain.Code("430000000000")
	jobCounty   = domain.Code("430121000000")
	jobLease    = time.Minute
)

// everywhere is a scope that holds all codes.
var everywhere = domain.Scope{From: "000000000000", To: "999999999999~"}

func jobs(t *testing.T, open func(t *testing.T) *store.Store) {
	t.Run("round trip", func(t *testing.T) { jobRoundTrip(t, open(t)) })
	t.Run("scope", func(t *testing.T) { jobScope(t, open(t)) })
	t.Run("order and kinds", func(t *testing.T) { jobOrder(t, open(t)) })
	t.Run("fencing", func(t *testing.T) { jobFencing(t, open(t)) })
	t.Run("returned", func(t *testing.T) { jobReturned(t, open(t)) })
	t.Run("cancelled", func(t *testing.T) { jobCancelled(t, open(t)) })
	t.Run("retention", func(t *testing.T) { jobRetention(t, open(t)) })
	t.Run("many takers", func(t *testing.T) { jobTakers(t, open(t)) })
}

func insertJob(t *testing.T, s *store.Store, id, kind string, region domain.Code) {
	t.Helper()
	write(t, s, func(tx *store.Tx) error {
		return store.InsertJob(tx, domain.Job{ID: id, Kind: kind, Args: `{"a":"it's"}`, Owner: "a1", Region: region})
	})
}

func takeJob(t *testing.T, s *store.Store, lease time.Duration, kinds ...string) (taken store.TakenJob, found bool) {
	t.Helper()
	write(t, s, func(tx *store.Tx) (err error) {
		taken, found, err = store.TakeJob(tx, kinds, lease)
		return err
	})
	return taken, found
}

func jobOf(t *testing.T, s *store.Store, id string) (j domain.Job) {
	t.Helper()
	read(t, s, func(tx *store.Tx) (err error) {
		j, err = store.JobByID(tx, everywhere, id)
		return err
	})
	return j
}

// holds runs a step of an attempt and expects that it held the job, or did not.
func holds(t *testing.T, s *store.Store, what string, want bool, step func(*store.Tx) (bool, error)) {
	t.Helper()
	write(t, s, func(tx *store.Tx) error {
		held, err := step(tx)
		equal(t, what, held, want)
		return err
	})
}

func jobRoundTrip(t *testing.T, s *store.Store) {
	insertJob(t, s, "j1", "import", jobCounty)
	got := jobOf(t, s, "j1")
	want := domain.Job{ID: "j1", Kind: "import", Args: `{"a":"it's"}`, Owner: "a1", Region: jobCounty, State: domain.JobQueued, CreatedAt: got.CreatedAt}
	equal(t, "a new job", got, want)
	taken, _ := takeJob(t, s, jobLease, "import")
	want.State, want.Attempt, want.Revision, want.StartedAt = domain.JobRunning, 1, 1, taken.StartedAt
	equal(t, "a taken job", taken, store.TakenJob{Job: want, Checkpoint: taken.Checkpoint})
	equal(t, "its checkpoint", len(taken.Checkpoint), 0)
	holds(t, s, "renewed", true, func(tx *store.Tx) (bool, error) { return store.RenewJob(tx, "j1", 1, jobLease, `{"n":1}`) })
	holds(t, s, "renewed without news", true, func(tx *store.Tx) (bool, error) { return store.RenewJob(tx, "j1", 1, jobLease, "") })
	holds(t, s, "kept", true, func(tx *store.Tx) (bool, error) {
		return store.KeepJobCheckpoint(tx, "j1", 1, []byte{0, 0xff, '\''})
	})
	want.Revision, want.Progress = 2, `{"n":1}`
	equal(t, "a running job", jobOf(t, s, "j1"), want)
	holds(t, s, "ended", true, func(tx *store.Tx) (bool, error) {
		return store.EndJob(tx, "j1", 1, store.JobEnd{State: domain.JobFailed, Result: `{"r":2}`, Failure: "x.y", Params: `{"p":3}`})
	})
	got = jobOf(t, s, "j1")
	want.State, want.Revision, want.Result, want.Failure, want.FailureParams, want.FinishedAt = domain.JobFailed, 3, `{"r":2}`, "x.y", `{"p":3}`, got.FinishedAt
	equal(t, "an ended job", got, want)
	if got.FinishedAt.Before(got.StartedAt) || got.StartedAt.Before(got.CreatedAt) || got.CreatedAt.IsZero() {
		t.Errorf("times %v, %v, %v", got.CreatedAt, got.StartedAt, got.FinishedAt)
	}
	err := s.Write(t.Context(), func(tx *store.Tx) error {
		return store.InsertJob(tx, domain.Job{ID: "j1", Kind: "k", Region: jobCounty})
	})
	refused(t, "an id twice", err, domain.KindConflict, "store.duplicate")
}

func jobScope(t *testing.T, s *store.Store) {
	insertJob(t, s, "p", "import", jobProvince)
	insertJob(t, s, "c", "import", jobCounty)
	for _, c := range []struct {
		scope domain.Scope
		sees  []string
	}{
		{jobProvince.Scope(), []string{"c", "p"}}, {jobCounty.Scope(), []string{"c"}}, {domain.Code("430121101000").Scope(), nil},
		{domain.Code("420000000000").Scope(), nil}, {domain.Scope{}, nil},
		{domain.Scope{From: jobProvince, To: "430121000001"}, nil}, // reaches into both regions and holds neither
	} {
		var seen []string
		for _, id := range []string{"c", "p"} {
			err := s.Read(t.Context(), func(tx *store.Tx) error {
				_, err := store.JobByID(tx, c.scope, id)
				return err
			})
			if err == nil {
				seen = append(seen, id)
			} else {
				refused(t, id, err, domain.KindNotFound, "job.not_found")
			}
		}
		equal(t, fmt.Sprint("seen from ", c.scope), seen, c.sees)
	}
	for _, c := range []struct {
		scope       domain.Scope
		owner, kind string
		want        int
	}{{everywhere, "a1", "import", 2}, {jobCounty.Scope(), "a1", "import", 1}, {everywhere, "a2", "import", 0}, {everywhere, "a1", "other", 0}, {domain.Scope{}, "a1", "import", 0}} {
		read(t, s, func(tx *store.Tx) error {
			found, err := store.JobsOf(tx, c.scope, c.owner, c.kind, 10)
			equal(t, fmt.Sprint("jobs of ", c), len(found), c.want)
			return err
		})
	}
	for _, id := range hostile {
		err := s.Read(t.Context(), func(tx *store.Tx) error { _, err := store.JobByID(tx, everywhere, id); return err })
		refused(t, "job "+id, err, domain.KindNotFound, "job.not_found")
	}
}

func jobOrder(t *testing.T, s *store.Store) {
	for _, j := range [][2]string{{"j1", "a"}, {"j2", "b"}, {"j3", "a"}} {
		insertJob(t, s, j[0], j[1], jobCounty)
	}
	for _, c := range []struct {
		kinds []string
		want  string
	}{{[]string{"c"}, ""}, {[]string{"b"}, "j2"}, {[]string{"b"}, ""}, {[]string{"a", "b"}, "j1"}, {[]string{"a", "b", "c"}, "j3"}, {[]string{"a", "b"}, ""}} {
		read(t, s, func(tx *store.Tx) error {
			waiting, err := store.JobsWaiting(tx, c.kinds)
			equal(t, fmt.Sprint("waiting of ", c.kinds), waiting, c.want != "")
			return err
		})
		taken, _ := takeJob(t, s, jobLease, c.kinds...)
		equal(t, fmt.Sprint("taken of ", c.kinds), taken.ID, c.want)
	}
	read(t, s, func(tx *store.Tx) error {
		open, err := store.OpenJobs(tx)
		equal(t, "open jobs", open, []store.JobCount{{Kind: "a", State: domain.JobRunning, Count: 2}, {Kind: "b", State: domain.JobRunning, Count: 1}})
		return err
	})
}

// jobFencing lets a lease run out: the attempt before can do nothing any more.
func jobFencing(t *testing.T, s *store.Store) {
	insertJob(t, s, "j", "k", jobCounty)
	first, _ := takeJob(t, s, 0, "k")
	holds(t, s, "the lease is over, but nobody took the job", true, func(tx *store.Tx) (bool, error) {
		return store.KeepJobCheckpoint(tx, "j", first.Attempt, []byte("half"))
	})
	second, found := takeJob(t, s, jobLease, "k")
	equal(t, "taken again", []any{found, second.Attempt, second.Strikes, string(second.Checkpoint)}, []any{true, int64(2), int64(1), "half"})
	_, found = takeJob(t, s, jobLease, "k")
	equal(t, "taken while it is held", found, false)
	for what, step := range map[string]func(*store.Tx) (bool, error){
		"renew":  func(tx *store.Tx) (bool, error) { return store.RenewJob(tx, "j", 1, jobLease, `"old"`) },
		"keep":   func(tx *store.Tx) (bool, error) { return store.KeepJobCheckpoint(tx, "j", 1, nil) },
		"end":    func(tx *store.Tx) (bool, error) { return store.EndJob(tx, "j", 1, store.JobEnd{State: domain.JobDone}) },
		"return": func(tx *store.Tx) (bool, error) { return store.ReturnJob(tx, "j", 1, 0, 0) },
		"pulse": func(tx *store.Tx) (bool, error) {
			held, _, err := store.JobPulse(tx, "j", 1)
			return held, err
		},
	} {
		holds(t, s, what+" of an older attempt", false, step)
	}
	equal(t, "untouched", jobOf(t, s, "j"), second.Job)
}

func jobReturned(t *testing.T, s *store.Store) {
	insertJob(t, s, "j", "k", jobCounty)
	takeJob(t, s, jobLease, "k")
	holds(t, s, "returned", true, func(tx *store.Tx) (bool, error) { return store.ReturnJob(tx, "j", 1, 0, 0) })
	again, _ := takeJob(t, s, jobLease, "k")
	equal(t, "attempt and strikes", []int64{again.Attempt, again.Strikes}, []int64{2, 0})
	holds(t, s, "returned for later", true, func(tx *store.Tx) (bool, error) { return store.ReturnJob(tx, "j", 2, time.Hour, 1) })
	if _, found := takeJob(t, s, jobLease, "k"); found {
		t.Error("taken before it was due")
	}
	waiting := jobOf(t, s, "j")
	equal(t, "waits with a strike", []any{waiting.State, waiting.Strikes}, []any{domain.JobQueued, int64(1)})
}

func jobCancelled(t *testing.T, s *store.Store) {
	cancel := func(id string) domain.Job {
		t.Helper()
		write(t, s, func(tx *store.Tx) error { return store.RequestJobCancel(tx, id) })
		return jobOf(t, s, id)
	}
	insertJob(t, s, "waits", "k", jobCounty)
	got := cancel("waits")
	if got.State != domain.JobCancelled || got.FinishedAt.IsZero() || got.Revision != 1 {
		t.Errorf("a waiting job: %+v", got)
	}
	equal(t, "cancelled twice", cancel("waits"), got)
	insertJob(t, s, "runs", "k", jobCounty)
	takeJob(t, s, jobLease, "k")
	if got := cancel("runs"); got.State != domain.JobRunning || !got.CancelRequested || !got.FinishedAt.IsZero() {
		t.Errorf("a running job: %+v", got)
	}
	read(t, s, func(tx *store.Tx) error {
		held, asked, err := store.JobPulse(tx, "runs", 1)
		equal(t, "pulse", []bool{held, asked}, []bool{true, true})
		return err
	})
	holds(t, s, "returned", true, func(tx *store.Tx) (bool, error) { return store.ReturnJob(tx, "runs", 1, 0, 0) })
	if got := jobOf(t, s, "runs"); got.State != domain.JobCancelled || got.FinishedAt.IsZero() {
		t.Errorf("returned after it was cancelled: %+v", got)
	}
}

func jobRetention(t *testing.T, s *store.Store) {
	insertJob(t, s, "old", "k", jobCounty)
	write(t, s, func(tx *store.Tx) error { return store.RequestJobCancel(tx, "old") })
	insertJob(t, s, "open", "k", jobCounty)
	sweep := func(before time.Duration) {
		write(t, s, func(tx *store.Tx) error { return store.DeleteFinishedJobs(tx, tx.Now().Add(before)) })
	}
	sweep(-time.Hour)
	jobOf(t, s, "old")
	sweep(time.Hour)
	jobOf(t, s, "open")
	err := s.Read(t.Context(), func(tx *store.Tx) error { _, err := store.JobByID(tx, everywhere, "old"); return err })
	refused(t, "swept", err, domain.KindNotFound, "job.not_found")
}

// jobTakers lets many take at once: each job goes to one of them.
func jobTakers(t *testing.T, s *store.Store) {
	const takers, count = 4, 20
	for i := range count {
		insertJob(t, s, fmt.Sprintf("j%02d", i), "k", jobCounty)
	}
	var mutex sync.Mutex
	times := map[string]int{}
	var group sync.WaitGroup
	for range takers {
		group.Go(func() {
			for {
				var taken store.TakenJob
				var found bool
				err := s.Write(t.Context(), func(tx *store.Tx) (err error) {
					taken, found, err = store.TakeJob(tx, []string{"k"}, jobLease)
					return err
				})
				if err != nil {
					t.Error(err)
				}
				if !found {
					return
				}
				mutex.Lock()
				times[taken.ID]++
				mutex.Unlock()
			}
		})
	}
	group.Wait()
	equal(t, "jobs taken", len(times), count)
	for id, n := range times {
		equal(t, "takers of "+id, n, 1)
	}
}
