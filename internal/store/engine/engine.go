// Package engine tells the store by what SQLite and PostgreSQL differ, so that all else can be said once.
package engine

import (
	"context"
	"database/sql"

	"github.com/pressly/goose/v3"
	"github.com/uptrace/bun"
)

// Engine is an open database.
type Engine struct {
	Name   string // "sqlite" or "postgres"; also the folder of its migrations
	Writer *bun.DB
	Reader *bun.DB // on PostgreSQL the same as Writer

	WriteOptions, ReadOptions *sql.TxOptions

	// Migrator speaks the schema tool's dialect; MigrationOptions hold its lock, where the database has one for that.
	Migrator         goose.Dialect
	MigrationOptions []goose.ProviderOption

	// LockLedger is the statement that makes the transaction the only one that appends to the ledger until it ends; empty
	// where a writer is alone anyway.
	LockLedger string

	// Analyze says that many new rows want fresh statistics in the same transaction, or the planner guesses until the
	// server comes round to it. SQLite's plans here do without.
	Analyze bool

	// Fault sorts the driver's errors.
	Fault func(error) Fault
}

// Fault is why a database refused, in the words that both share.
type Fault int

// The faults that a caller can do something about.
const (
	FaultOther     Fault = iota
	FaultDuplicate       // a row with this key is there already
	FaultReference       // a row that it names is not there
	FaultValue           // a value that the schema does not allow
	FaultBusy            // others hold a lock, or the transaction lost a race: the same again may succeed
)

// Ping asks both sides of the database for a sign of life.
func (e *Engine) Ping(ctx context.Context) error {
	if err := e.Writer.PingContext(ctx); err != nil {
		return err
	}
	return e.Reader.PingContext(ctx)
}

// Close closes the readers first, so that on SQLite the writer is the last and clears the log away.
func (e *Engine) Close() error {
	if err := e.Reader.Close(); err != nil {
		return err
	}
	return e.Writer.Close()
}
