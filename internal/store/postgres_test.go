package store_test

import (
	"testing"

	"jieli/internal/store"
	"jieli/internal/store/storetest"
	"jieli/internal/store/storetest/pgtest"
)

func TestPostgres(t *testing.T) {
	storetest.Run(t, func(t *testing.T) *store.Store { return openMigrated(t, pgtest.Database(t)) })
}
