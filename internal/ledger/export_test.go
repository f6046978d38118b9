package ledger

import "jieli/internal/domain"

// HashOf is the hash of an entry.
func HashOf(e domain.LedgerEntry) string { return hashOf(e) }
