package seal

import (
	"crypto/sha256"
	"encoding/hex"
	"math"
	"slices"
	"time"

	"jieli/internal/domain"
)

// Ring is a set of keys: those that seal, the newest last, and one for blind indexes, which stays for as long as the ring,
// since a new one would find nothing that is kept. A Ring does not change; Rotated makes another one.
type Ring struct {
	index *key
	keys  []*key
}

// NewRing makes a ring with fresh keys. An unknown suite is KindInvalid, seal.unknown_suite.
func NewRing(suite Suite, now time.Time) (*Ring, error) {
	if !suite.Known() {
		return nil, unknownSuite(suite)
	}
	return &Ring{newKey(0, suite, now), []*key{newKey(1, suite, now)}}, nil
}

// Rotated is the ring with one more key, which seals from now on; what the others sealed still opens.
func (r *Ring) Rotated(suite Suite, now time.Time) (*Ring, error) {
	if !suite.Known() {
		return nil, unknownSuite(suite)
	}
	if r.newest().id == math.MaxUint32 {
		return nil, &domain.Error{Kind: domain.KindInvalid, Key: "seal.ring_full"}
	}
	return &Ring{r.index, append(slices.Clone(r.keys), newKey(r.newest().id+1, suite, now))}, nil
}

// KeyInfo is what may be told of a key. Made is in UTC and whole seconds.
type KeyInfo struct {
	ID     uint32
	Suite  Suite
	Made   time.Time
	Active bool // seals what is written from now on
}

// Keys tells of the keys that seal, oldest first.
func (r *Ring) Keys() []KeyInfo {
	infos := make([]KeyInfo, len(r.keys))
	for i, k := range r.keys {
		infos[i] = KeyInfo{k.id, k.suite, k.made, i == len(r.keys)-1}
	}
	return infos
}

// Mark is the same for all rings that were rotated from one, and tells nothing of a key: a database notes it, so that it
// is never opened with somebody else's keys. 32 hexadecimal digits.
func (r *Ring) Mark() string {
	sum := sha256.Sum256(append([]byte("jieli mark 1"), r.index.indexKey("mark")...))
	return hex.EncodeToString(sum[:16])
}

func (r *Ring) newest() *key { return r.keys[len(r.keys)-1] }

func (r *Ring) key(id uint32) (*key, bool) {
	i := slices.IndexFunc(r.keys, func(k *key) bool { return k.id == id })
	if i < 0 {
		return nil, false
	}
	return r.keys[i], true
}

func unknownSuite(suite Suite) error {
	return &domain.Error{Kind: domain.KindInvalid, Key: "seal.unknown_suite", Field: "suite", Params: domain.Params{"suite": string(suite)}}
}
