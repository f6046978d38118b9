package httpapi

import (
	"container/list"
	"sync"
	"time"

	"jieli/internal/domain"
)

// The throttle slows down guessing. A few failures are free; then each one doubles the wait, up to a limit. The limit is
// low for an account, since anyone can fail in somebody else's name, and high for a source.
const (
	freeForAccount = 5
	freeForSource  = 20 // a whole office may sit behind one address
	maxForAccount  = time.Minute
	maxForSource   = 15 * time.Minute
	forgetAfter    = time.Hour
	throttleSize   = 10_000 // entries of each kind; the one that was used longest ago makes room
)

// slowed is the error of an attempt that came too early.
type slowed struct{ wait time.Duration }

// Error says how long to wait.
func (s *slowed) Error() string { return "slowed down for " + s.wait.String() }

func (s *slowed) told() *domain.Error {
	return &domain.Error{
		Kind: domain.KindBusy, Key: "session.slowed",
		Params: domain.Params{"seconds": int((s.wait + time.Second - 1) / time.Second)},
	}
}

// throttle counts failed attempts by account and by source, in memory of a fixed size.
type throttle struct {
	mu       sync.Mutex
	clock    func() time.Time
	accounts *failures
	sources  *failures
}

func newThrottle(clock func() time.Time) *throttle {
	return &throttle{
		clock:    clock,
		accounts: newFailures(freeForAccount, maxForAccount),
		sources:  newFailures(freeForSource, maxForSource),
	}
}

// attempt asks for leave to try. The attempt counts as a failure until succeeded says otherwise, so that many at once
// get no more tries than one after the other.
func (t *throttle) attempt(account, source string) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	now := t.clock()
	if wait := max(t.accounts.wait(account, now), t.sources.wait(source, now)); wait > 0 {
		return &slowed{wait}
	}
	t.accounts.add(account, now)
	t.sources.add(source, now)
	return nil
}

// succeeded forgives the account all failures and the source this attempt: an own account that works must not pay for
// guesses at others.
func (t *throttle) succeeded(account, source string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.accounts.remove(account)
	t.sources.takeBack(source)
}

// failures counts by key; order holds the keys, the last used first.
type failures struct {
	free    int
	longest time.Duration
	byKey   map[string]*list.Element
	order   *list.List
}

type failure struct {
	key   string
	count int
	last  time.Time
}

func newFailures(free int, longest time.Duration) *failures {
	return &failures{free, longest, map[string]*list.Element{}, list.New()}
}

// wait is how long the key has to wait from now on.
func (f *failures) wait(key string, now time.Time) time.Duration {
	element, ok := f.byKey[key]
	if !ok {
		return 0
	}
	entry := element.Value.(*failure)
	if now.Sub(entry.last) >= forgetAfter {
		f.remove(key)
		return 0
	}
	over := entry.count - f.free
	if over < 0 {
		return 0
	}
	pause := min(time.Second<<min(over, 20), f.longest)
	return max(0, entry.last.Add(pause).Sub(now))
}

func (f *failures) add(key string, now time.Time) {
	element, ok := f.byKey[key]
	if !ok {
		element = f.order.PushFront(&failure{key: key})
		f.byKey[key] = element
	}
	entry := element.Value.(*failure)
	entry.count++
	entry.last = now
	f.order.MoveToFront(element)
	if len(f.byKey) > throttleSize {
		f.remove(f.order.Back().Value.(*failure).key)
	}
}

func (f *failures) remove(key string) {
	if element, ok := f.byKey[key]; ok {
		f.order.Remove(element)
		delete(f.byKey, key)
	}
}

func (f *failures) takeBack(key string) {
	if element, ok := f.byKey[key]; ok {
		if entry := element.Value.(*failure); entry.count > 1 {
			entry.count--
			return
		}
		f.remove(key)
	}
}
