package password_test

import (
	"strings"
	"testing"

	"jieli/internal/access/password"
)

func TestAPasswordFitsItsOwnHashOnly(t *testing.T) {
	hash := password.Hash("密码 with spaces ", nil)
	if !password.Verify(hash, "密码 with spaces ") {
		t.Error("the password does not fit")
	}
	for _, other := range []string{"密码 with spaces", "", "密码 with Spaces ", hash} {
		if password.Verify(hash, other) {
			t.Errorf("%q fits", other)
		}
	}
	if first, second := password.Hash("x", nil), password.Hash("x", nil); first == second {
		t.Error("two hashes of one password are alike: the salt is not drawn")
	}
}

// With a given salt the hash is the same each time, and says which parameters made it.
func TestTheHashIsAPHCString(t *testing.T) {
	salt := []byte("0123456789abcdef")
	const want = "$argon2id$v=19$m=19456,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$"
	hash := password.Hash("password", salt)
	if !strings.HasPrefix(hash, want) || hash != password.Hash("password", salt) {
		t.Errorf("got %s", hash)
	}
}

// A vector of RFC 9106's authors' implementation (argon2 -id -t 2 -m 16 -p 1 -l 32), so that parameters in the string count.
func TestParametersAreReadFromTheString(t *testing.T) {
	const hash = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
	if !password.Verify(hash, "password") {
		t.Error("the reference vector does not fit")
	}
	if password.Verify(strings.Replace(hash, "t=2", "t=3", 1), "password") {
		t.Error("other parameters fit too")
	}
}

func TestWhatIsNoHashFitsNothing(t *testing.T) {
	good := password.Hash("x", []byte("0123456789abcdef"))
	for _, hash := range []string{
		"", "x", "$argon2id$", strings.Replace(good, "argon2id", "argon2i", 1), strings.Replace(good, "v=19", "v=16", 1),
		strings.Replace(good, "m=19456", "m=99999999", 1), strings.Replace(good, "m=19456", "m=0", 1), strings.Replace(good, "m=19456", "m=-1", 1),
		strings.Replace(good, "t=2", "t=0", 1), strings.Replace(good, "t=2", "t=999", 1), strings.Replace(good, "p=1", "p=200", 1),
		strings.Replace(good, ",t=2", "", 1), good + "$", good[:len(good)-20], strings.Replace(good, "MDEy", "!!!!", 1), good[1:],
	} {
		if password.Verify(hash, "x") {
			t.Errorf("%q fits", hash)
		}
	}
}

func FuzzVerify(f *testing.F) {
	f.Add("$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "x")
	f.Add("$argon2id$v=19$m=1,t=1,p=16$c29tZXNhbHQ$AAAAAAAAAAAAAAAAAAAAAA", "")
	f.Add("", "")
	f.Fuzz(func(t *testing.T, hash, plain string) {
		if password.Verify(hash, plain) && !strings.HasPrefix(hash, "$argon2id$v=19$") {
			t.Fatalf("%q fits %q", hash, plain)
		}
	})
}
