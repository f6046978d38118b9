package solver

import (
	"sync"
	"sync/atomic"
)

// eachAgent calls f for every agent, from several goroutines, each with a scratch of its own. What f writes must
// belong to its agent alone; then the outcome does not depend on the number of workers.
func (m *model) eachAgent(f func(a int32, sc *scratch)) {
	m.each(len(m.p.Agents), 16, func(a int, sc *scratch) { f(int32(a), sc) })
}

// each calls f for 0..n-1 in chunks that the workers take in turn.
func (m *model) each(n, chunk int, f func(k int, sc *scratch)) {
	var next atomic.Int64
	var wg sync.WaitGroup
	for w := range m.workers {
		wg.Go(func() {
			sc := &scratch{worker: w}
			for {
				hi := int(next.Add(int64(chunk)))
				lo := hi - chunk
				if lo >= n {
					return
				}
				for k := lo; k < min(hi, n); k++ {
					f(k, sc)
				}
			}
		})
	}
	wg.Wait()
}
