package store

import (
	"time"

	"github.com/uptrace/bun"
)

// Pool is how busy a pool of connections is. Waits counts how often somebody had to wait for one, Waited for how long in
// all, since the store was opened.
type Pool struct {
	Open, InUse int
	Waits       int64
	Waited      time.Duration
}

// Pools are the pools by name: "writer" and "reader", which are one and the same on PostgreSQL.
func (s *Store) Pools() map[string]Pool {
	pools := map[string]Pool{}
	for name, db := range map[string]*bun.DB{"writer": s.engine.Writer, "reader": s.engine.Reader} {
		stats := db.Stats()
		pools[name] = Pool{stats.OpenConnections, stats.InUse, stats.WaitCount, stats.WaitDuration}
	}
	return pools
}
