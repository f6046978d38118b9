// Package ledger keeps decisions and acts for ever, each chained to the one before by its hash.
//
// The hash of an entry is SHA-256 over all its fields and the hash of the entry before, so that nobody can change, remove
// or move an entry without changing all that follow. Who notes the newest hash elsewhere, on paper say, can also tell
// whether entries were cut off at the end or the whole chain was written anew.
package ledger

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"strconv"
	"strings"
	"unicode/utf8"

	"jieli/internal/domain"
	"jieli/internal/store"
)

// Record appends an entry in the caller's transaction. It fills in Seq, At, Prev and Hash; an empty Detail becomes {}.
// KindInvalid are a text that the databases cannot keep as it is (ledger.text_malformed) and a Detail that is no JSON
// object (ledger.detail_malformed).
func Record(tx *store.Tx, e domain.LedgerEntry) error {
	if e.Detail == "" {
		e.Detail = "{}"
	}
	if err := check(e); err != nil {
		return err
	}
	if err := store.LockLedger(tx); err != nil {
		return err
	}
	last, _, err := store.LastLedger(tx)
	if err != nil {
		return err
	}
	e.Seq, e.At, e.Prev = last.Seq+1, tx.Now(), last.Hash
	e.Hash = hashOf(e)
	_, err = store.AppendLedger(tx, e)
	return err
}

func check(e domain.LedgerEntry) error {
	for field, text := range map[string]string{"actor": e.Actor, "action": e.Action, "subject": e.Subject, "region": string(e.Region), "policy": e.Policy, "detail": e.Detail} {
		if !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
			return &domain.Error{Kind: domain.KindInvalid, Key: "ledger.text_malformed", Field: field, Params: domain.Params{"field": field}}
		}
	}
	var object map[string]json.RawMessage
	if err := json.Unmarshal([]byte(e.Detail), &object); err != nil || object == nil {
		return &domain.Error{Kind: domain.KindInvalid, Key: "ledger.detail_malformed", Field: "detail", Cause: err}
	}
	return nil
}

// format is the first thing that is hashed; another way to encode entries will need another one.
const format = "jieli ledger 1"

// timeLayout writes At in UTC with the microseconds that both databases keep.
const timeLayout = "2006-01-02T15:04:05.000000Z"

// hashOf is the hash of an entry in hex. Every field goes in with its length in front (8 bytes, big-endian), so that no
// two entries have the same encoding.
func hashOf(e domain.LedgerEntry) string {
	h := sha256.New()
	for _, field := range []string{format, strconv.FormatInt(e.Seq, 10), e.At.UTC().Format(timeLayout), e.Actor, e.Action, e.Subject,
		string(e.Region), e.Policy, e.Detail, e.Prev} {
		h.Write(binary.BigEndian.AppendUint64(nil, uint64(len(field))))
		h.Write([]byte(field))
	}
	return hex.EncodeToString(h.Sum(nil))
}
