package seal

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"hash"

	"github.com/emmansun/gmsm/sm3"
	"github.com/emmansun/gmsm/sm4"
)

// Suite names a block cipher and a hash that work together.
type Suite string

// The suites. SM is the national one and the default.
const (
	SM  Suite = "sm4-sm3"
	AES Suite = "aes256-sha256"
)

// Known says whether there is such a suite.
func (s Suite) Known() bool { _, known := suites[s]; return known }

// Suites are all of them, the default first.
func Suites() []Suite { return []Suite{SM, AES} }

// parts are what a suite is made of. Number stands in sealed values and must never change; size is the cipher's key
// length in bytes.
type parts struct {
	number byte
	size   int
	block  func(key []byte) (cipher.Block, error)
	hash   func() hash.Hash
}

var suites = map[Suite]parts{
	SM:  {number: 1, size: 16, block: sm4.NewCipher, hash: sm3.New},
	AES: {number: 2, size: 32, block: aes.NewCipher, hash: sha256.New},
}

// newGCM is Galois/counter mode with the sizes of RFC 8998.
func (p parts) newGCM(key []byte) (cipher.AEAD, error) {
	block, err := p.block(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

// derive is HKDF (RFC 5869) without salt, since the secret is random of full length.
func (p parts) derive(secret []byte, use, purpose string, size int) ([]byte, error) {
	return hkdf.Key(p.hash, secret, nil, "jieli "+use+" 1\x00"+purpose, size)
}
