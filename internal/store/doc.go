// Package store keeps everything that Jieli knows in SQLite or PostgreSQL: one query text for both, one file an
// aggregate.
//
// A use case opens a transaction with Store.Read or Store.Write and hands the Tx to the package's functions. A read
// sees one consistent snapshot; a write is all or nothing. The clock of a transaction stands still.
//
// Every read that returns field data takes the caller's scope and applies it in SQL as a half-open range of codes; an
// empty scope answers nothing. A team is seen by whoever may see one of its villages; the villages outside the scope
// are left out and only counted (Elsewhere).
//
// Errors that a caller can act on are *domain.Error; anything else is the database's own.
package store
