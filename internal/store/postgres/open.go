// Package postgres opens PostgreSQL for the store.
package postgres

import (
	"context"
	"database/sql"
	"errors"
	"runtime"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"jieli/internal/domain"
	"jieli/internal/store/engine"
)

// migrationPatience is how many seconds a migration waits for one that another process runs.
const migrationPatience = 600

// Name of the engine.
const Name = "postgres"

// ledgerKey is the advisory lock that one appender of the ledger holds at a time; the number only has to be ours.
const ledgerKey = "7310153427001"

// connectTimeout bounds the wait for a server that does not answer.
const connectTimeout = 10 * time.Second

// Open connects to the server of the address. Connections is how many may be open at once, 0 for four per processor.
func Open(ctx context.Context, dsn string, connections int) (*engine.Engine, error) {
	config, err := parse(dsn)
	if err != nil {
		return nil, err
	}
	if connections <= 0 {
		connections = 4 * runtime.NumCPU()
	}
	db := stdlib.OpenDB(*config)
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	db.SetConnMaxIdleTime(5 * time.Minute)
	if err := db.PingContext(ctx); err != nil {
		_ = db.Close()
		return nil, openFault(config, err)
	}
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, migrationPatience))
	if err != nil {
		return nil, err
	}
	both := bun.NewDB(db, engine.WithCleanText(pgdialect.New()))
	return &engine.Engine{
		Name:             Name,
		Writer:           both,
		Reader:           both,
		WriteOptions:     &sql.TxOptions{Isolation: sql.LevelReadCommitted},
		ReadOptions:      &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true},
		Migrator:         goose.DialectPostgres,
		MigrationOptions: []goose.ProviderOption{goose.WithSessionLocker(locker)},
		LockLedger:       "SELECT pg_advisory_xact_lock(" + ledgerKey + ")",
		Analyze:          true,
		Fault:            fault,
	}, nil
}

// parse reads the address and sets what the store relies on: statements carry their values already (bun quotes them), so
// preparing each would only fill caches; that quoting holds with standard-conforming strings.
func parse(dsn string) (*pgx.ConnConfig, error) {
	config, err := pgx.ParseConfig(dsn)
	if err != nil {
		// The parser's error may repeat the address with its password: it is left out.
		return nil, &domain.Error{Kind: domain.KindInvalid, Key: "store.address_malformed"}
	}
	config.DefaultQueryExecMode = pgx.QueryExecModeSimpleProtocol
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = connectTimeout
	}
	for name, value := range map[string]string{
		"standard_conforming_strings": "on", "client_encoding": "UTF8", "timezone": "UTC", "lock_timeout": "5s",
		"application_name": "jieli",
	} {
		config.RuntimeParams[name] = value
	}
	return config, nil
}

func openFault(config *pgx.ConnConfig, err error) error {
	params := domain.Params{"host": config.Host, "port": config.Port, "database": config.Database}
	var refused *pgconn.PgError
	if errors.As(err, &refused) {
		return &domain.Error{Kind: domain.KindInvalid, Key: "store.server_refused", Params: params, Cause: refused}
	}
	return &domain.Error{Kind: domain.KindBusy, Key: "store.server_unreachable", Params: params, Cause: err}
}

// fault sorts by SQLSTATE, https://www.postgresql.org/docs/current/errcodes-appendix.html.
func fault(err error) engine.Fault {
	var e *pgconn.PgError
	if !errors.As(err, &e) {
		return engine.FaultOther
	}
	switch e.Code {
	case "23505":
		return engine.FaultDuplicate
	case "23503":
		return engine.FaultReference
	case "23502", "23514":
		return engine.FaultValue
	case "40001", "40P01", "55P03", "57P03", "53300":
		return engine.FaultBusy
	}
	if strings.HasPrefix(e.Code, "22") { // a value that its column cannot hold
		return engine.FaultValue
	}
	return engine.FaultOther
}
