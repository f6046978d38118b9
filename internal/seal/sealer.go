package seal

import (
	"crypto/hmac"
	"crypto/rand"
	"encoding/binary"

	"jieli/internal/domain"
)

// Sealer seals values for a purpose. It is safe for use by several goroutines.
type Sealer interface {
	// Seal makes a value unreadable. Two seals of one value differ.
	Seal(purpose string, plain []byte) ([]byte, error)
	// Open gives back what was sealed for the same purpose. Errors are KindInternal, since what is kept is spoilt or the
	// key file is not this database's: seal.malformed, seal.unknown_key, seal.not_opened.
	Open(purpose string, sealed []byte) ([]byte, error)
	// Blind is the blind index of a value: 32 bytes, equal for equal values and purposes, also after keys were rotated.
	// The caller brings a value into one spelling first.
	Blind(purpose string, plain []byte) []byte
}

const (
	version    = 1
	headerSize = 6
	nonceSize  = 12
	tagSize    = 16
)

var _ Sealer = (*Ring)(nil)

// Seal seals with the newest key.
func (r *Ring) Seal(purpose string, plain []byte) ([]byte, error) {
	key := r.newest()
	aead, err := key.aead(purpose)
	if err != nil {
		return nil, err
	}
	sealed := make([]byte, headerSize+nonceSize, headerSize+nonceSize+len(plain)+tagSize)
	sealed[0], sealed[1] = version, suites[key.suite].number
	binary.BigEndian.PutUint32(sealed[2:], key.id)
	nonce := sealed[headerSize:]
	rand.Read(nonce)
	return aead.Seal(sealed, nonce, plain, bound(sealed[:headerSize], purpose)), nil
}

// Open opens with the key that the sealed value names.
func (r *Ring) Open(purpose string, sealed []byte) ([]byte, error) {
	if len(sealed) < headerSize+nonceSize+tagSize || sealed[0] != version {
		return nil, broken("seal.malformed", nil)
	}
	id := binary.BigEndian.Uint32(sealed[2:])
	key, known := r.key(id)
	if !known || suites[key.suite].number != sealed[1] {
		return nil, &domain.Error{Kind: domain.KindInternal, Key: "seal.unknown_key", Params: domain.Params{"key": id}}
	}
	aead, err := key.aead(purpose)
	if err != nil {
		return nil, err
	}
	header, nonce, body := sealed[:headerSize], sealed[headerSize:headerSize+nonceSize], sealed[headerSize+nonceSize:]
	plain, err := aead.Open(nil, nonce, body, bound(header, purpose))
	if err != nil {
		return nil, broken("seal.not_opened", err)
	}
	return plain, nil
}

// Blind makes a blind index with the ring's index key, which no rotation changes.
func (r *Ring) Blind(purpose string, plain []byte) []byte {
	mac := hmac.New(suites[r.index.suite].hash, r.index.indexKey(purpose))
	mac.Write(plain)
	return mac.Sum(nil)
}

// bound is what is authenticated beside the value. The header's length is fixed, so that the two cannot run together.
func bound(header []byte, purpose string) []byte {
	return append(append(make([]byte, 0, headerSize+len(purpose)), header...), purpose...)
}

func broken(key string, cause error) error {
	return &domain.Error{Kind: domain.KindInternal, Key: key, Cause: cause}
}
