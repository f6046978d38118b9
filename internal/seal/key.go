package seal

import (
	"crypto/cipher"
	"crypto/rand"
	"fmt"
	"sync"
	"time"
)

// secretSize is the length in bytes of a key's secret, from which the keys of all purposes are derived.
const secretSize = 32

// key is one secret of the ring, with the ciphers made of it so far.
type key struct {
	id     uint32
	suite  Suite
	made   time.Time
	secret []byte
	aeads  sync.Map // purpose → cipher.AEAD
	blinds sync.Map // purpose → []byte
}

func newKey(id uint32, suite Suite, made time.Time) *key {
	secret := make([]byte, secretSize)
	rand.Read(secret)
	return &key{id: id, suite: suite, made: made.UTC().Truncate(time.Second), secret: secret}
}

// aead is the cipher of a purpose.
func (k *key) aead(purpose string) (cipher.AEAD, error) {
	if made, ok := k.aeads.Load(purpose); ok {
		return made.(cipher.AEAD), nil //nolint:forcetypeassert // nothing else goes in
	}
	suite := suites[k.suite]
	derived, err := suite.derive(k.secret, "seal", purpose, suite.size)
	if err != nil {
		return nil, err
	}
	aead, err := suite.newGCM(derived)
	if err == nil {
		k.aeads.Store(purpose, aead)
	}
	return aead, err
}

// indexKey is the key of a purpose's blind indexes. Deriving fails for lengths only, and this one is fixed.
func (k *key) indexKey(purpose string) []byte {
	if made, ok := k.blinds.Load(purpose); ok {
		return made.([]byte) //nolint:forcetypeassert // nothing else goes in
	}
	derived, err := suites[k.suite].derive(k.secret, "blind", purpose, secretSize)
	if err != nil {
		panic(fmt.Sprintf("seal: no index key: %v", err))
	}
	k.blinds.Store(purpose, derived)
	return derived
}
