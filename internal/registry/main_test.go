package registry_test

import (
	"testing"

	"jieli/internal/store/storetest/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }
