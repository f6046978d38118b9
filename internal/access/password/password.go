// Package password keeps passwords as argon2id hashes in PHC strings, with the parameters that OWASP's password storage
// sheet gives for a server that checks many: 19 MiB, 2 passes, 1 lane.
package password

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/crypto/argon2"
)

// The parameters of new hashes, and the most that a stored hash may ask for: a hash that somebody slipped into the
// database must not stop the server.
const (
	memoryKiB    = 19 * 1024
	passes       = 2
	lanes        = 1
	saltBytes    = 16
	hashBytes    = 32
	maxMemoryKiB = 256 * 1024
	maxPasses    = 16
	maxLanes     = 16
)

// The bounds of a password's length in characters, by OWASP ASVS 5.0, 6.2.1 and 6.2.9. MinLength is asked of new ones.
const (
	MinLength = 8
	MaxLength = 256
)

var encoding = base64.RawStdEncoding

// dummy is what the password of an account that does not exist is compared with, so that it takes as long as another.
// Nothing fits it: its digest is all zeros.
var dummy = parsed{memoryKiB, passes, lanes, make([]byte, saltBytes), make([]byte, hashBytes)}

// Hash makes the PHC string of a password. A nil salt is drawn at random; only drawn accounts of a demo bring their own.
func Hash(plain string, salt []byte) string {
	if salt == nil {
		salt = make([]byte, saltBytes)
		_, _ = rand.Read(salt) // never fails, says its documentation
	}
	digest := argon2.IDKey([]byte(plain), salt, passes, memoryKiB, lanes, hashBytes)
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s",
		argon2.Version, memoryKiB, passes, lanes, encoding.EncodeToString(salt), encoding.EncodeToString(digest))
}

// Verify says whether the password is the one that was hashed. A hash that is empty or cannot be read fits nothing and
// takes as long as another to say so.
func Verify(hash, plain string) bool {
	p, ok := parse(hash)
	if !ok {
		p = dummy
	}
	digest := argon2.IDKey([]byte(plain), p.salt, p.passes, p.memory, p.lanes, uint32(len(p.digest))) //nolint:gosec // parse lets 64 bytes through at most
	return subtle.ConstantTimeCompare(digest, p.digest) == 1 && ok
}

type parsed struct {
	memory, passes uint32
	lanes          uint8
	salt, digest   []byte
}

// parse reads a PHC string: "", "argon2id", "v=19", "m=…,t=…,p=…", salt, digest.
func parse(hash string) (parsed, bool) {
	parts := strings.Split(hash, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != "v="+strconv.Itoa(argon2.Version) {
		return parsed{}, false
	}
	var p parsed
	costs := strings.Split(parts[3], ",")
	if len(costs) != 3 {
		return parsed{}, false
	}
	memory, okMemory := cost(costs[0], "m=", maxMemoryKiB)
	turns, okTurns := cost(costs[1], "t=", maxPasses)
	width, okWidth := cost(costs[2], "p=", maxLanes)
	if !okMemory || !okTurns || !okWidth {
		return parsed{}, false
	}
	p.memory, p.passes, p.lanes = memory, turns, uint8(width) //nolint:gosec // at most maxLanes
	var saltErr, digestErr error
	p.salt, saltErr = encoding.DecodeString(parts[4])
	p.digest, digestErr = encoding.DecodeString(parts[5])
	return p, saltErr == nil && digestErr == nil && len(p.salt) >= 8 && len(p.digest) >= 16 && len(p.digest) <= 64
}

func cost(s, name string, most uint32) (uint32, bool) {
	digits, ok := strings.CutPrefix(s, name)
	n, err := strconv.ParseUint(digits, 10, 32)
	return uint32(n), ok && err == nil && n >= 1 && uint32(n) <= most
}
