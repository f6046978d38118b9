package store_test

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"testing"

	"jieli/internal/store"
	"jieli/internal/store/storetest/pgtest"
)

// roleVariable names the role in which a test starts this program again, in order to kill it.
const roleVariable = "STORE_TEST_ROLE"

func TestMain(m *testing.M) {
	var err error
	switch os.Getenv(roleVariable) {
	case "migrate":
		err = migrateFrom(os.Args[1], os.Args[2])
	case "count":
		err = countUp(os.Args[1])
	default:
		pgtest.Main(m)
	}
	fmt.Fprintln(os.Stderr, "the child was to be killed:", err)
	os.Exit(1)
}

// migrateFrom takes the steps of a folder.
func migrateFrom(dsn, dir string) error {
	s, err := store.Open(context.Background(), store.Options{DSN: dsn})
	if err != nil {
		return err
	}
	return s.MigrateSteps(context.Background(), os.DirFS(dir))
}

// countUp writes 1, 2, 3, … and tells each number once it is kept.
func countUp(dsn string) error {
	s, err := store.Open(context.Background(), store.Options{DSN: dsn})
	if err != nil {
		return err
	}
	for n := 1; ; n++ {
		if err := s.Write(context.Background(), func(tx *store.Tx) error { return store.SetMeta(tx, "n", strconv.Itoa(n)) }); err != nil {
			return err
		}
		fmt.Println(n)
	}
}
