// Package seal keeps personal data unreadable at rest: what is sealed can be opened only with the key file, which is no
// part of the database, so that a copy of the database tells nobody an identity number.
//
// A Sealer seals and opens, and makes blind indexes, by which equal values can be found without opening any. Each purpose,
// such as "cadre.id_number", has keys of its own, derived from the ring's by HKDF (RFC 5869), and is bound to the
// ciphertext as associated data: what was sealed for one purpose does not open for another.
//
// Two suites do the work: SM4-GCM (GB/T 32907, RFC 8998) with HMAC-SM3 (GB/T 32905), the default, and AES-256-GCM with
// HMAC-SHA-256. The Ring holds all keys that were ever used, each with its suite, and seals with the newest; a sealed value
// says which key it needs. The layout of a sealed value is
//
//	version (1 byte, 1) ‖ suite (1 byte) ‖ key id (4 bytes, big-endian) ‖ nonce (12 bytes) ‖ ciphertext ‖ tag (16 bytes)
//
// Nonces are random: one key and purpose is good for 2³² values (NIST SP 800-38D §8.3). A sealed value is 34 bytes longer
// than the plain one and so tells its length.
package seal
