package seal

import (
	"crypto/hmac"
	"encoding/hex"
	"testing"
)

func unhex(t *testing.T, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// The published vectors: RFC 8998 appendix A.1 for SM4-GCM; test case 15 of the GCM specification (McGrew, Viega) with
// the data of case 16 for AES-256-GCM.
func TestCiphersAgreeWithPublishedVectors(t *testing.T) {
	for name, v := range map[string]struct {
		suite                               Suite
		key, nonce, bound, plain, encrypted string
	}{
		"RFC 8998 A.1": {
			suite: SM, key: "0123456789abcdeffedcba9876543210", nonce: "00001234567800000000abcd",
			bound: "feedfacedeadbeeffeedfacedeadbeefabaddad2",
			plain: "aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccddddddddddddddddeeeeeeeeeeeeeeeeffffffffffffffffeeeeeeeeeeeeeeeeaaaaaaaaaaaaaaaa",
			encrypted: "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d" +
				"83de3541e4c2b58177e065a9bf7b62ec",
		},
		"GCM test case 16": {
			suite: AES, key: "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308", nonce: "cafebabefacedbaddecaf888",
			bound: "feedfacedeadbeeffeedfacedeadbeefabaddad2",
			plain: "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
			encrypted: "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662" +
				"76fc6ece0f4e1768cddf8853bb2d551b",
		},
	} {
		aead, err := suites[v.suite].newGCM(unhex(t, v.key))
		if err != nil {
			t.Fatal(err)
		}
		got := aead.Seal(nil, unhex(t, v.nonce), unhex(t, v.plain), unhex(t, v.bound))
		if hex.EncodeToString(got) != v.encrypted {
			t.Errorf("%s: got %x", name, got)
		}
	}
}

// SM3: GB/T 32905-2016 appendix A.1; HMAC-SHA-256: RFC 4231, test case 2.
func TestHashesAgreeWithPublishedVectors(t *testing.T) {
	sum := suites[SM].hash()
	sum.Write([]byte("abc"))
	if got := hex.EncodeToString(sum.Sum(nil)); got != "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0" {
		t.Errorf("SM3: %s", got)
	}
	mac := hmac.New(suites[AES].hash, []byte("Jefe"))
	mac.Write([]byte("what do ya want for nothing?"))
	if got := hex.EncodeToString(mac.Sum(nil)); got != "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843" {
		t.Errorf("HMAC-SHA-256: %s", got)
	}
}

func TestKeysOfPurposesAndUsesDiffer(t *testing.T) {
	secret := make([]byte, secretSize)
	for suite, parts := range suites {
		seen := map[string]string{}
		for _, use := range []string{"seal", "blind"} {
			for _, purpose := range []string{"a", "b", "", "a\x00"} {
				derived, err := parts.derive(secret, use, purpose, 16)
				if err != nil {
					t.Fatal(err)
				}
				name := use + "/" + purpose
				if before, twice := seen[string(derived)]; twice {
					t.Errorf("%s: %q and %q have one key", suite, before, name)
				}
				seen[string(derived)] = name
			}
		}
	}
}
