// Package migrations holds the schema as numbered steps in plain SQL: sqlite/ and postgres/ carry the same numbers. Steps
// go forward only; a step that was released is never changed.
package migrations

import (
	"embed"
	"io/fs"
)

//go:embed sqlite/*.sql postgres/*.sql
var files embed.FS

// For gives the steps of a dialect, "sqlite" or "postgres".
func For(dialect string) (fs.FS, error) { return fs.Sub(files, dialect) }
