package domain

import "time"

// LedgerEntry is one decision or act, kept for ever. Hash chains each entry to the one before.
type LedgerEntry struct {
	Seq     int64
	At      time.Time
	Actor   string // account id, or "system"
	Action  string // such as "plan.create"
	Subject string // such as "plan/01J…"
	Region  Code   // where it belongs, empty for none
	Policy  string // id of the policy version that governed it, or empty
	Detail  string // JSON object, never personal data in clear
	Prev    string // Hash of the entry before, hex; empty for the first
	Hash    string // SHA-256 over all the above, hex
}
