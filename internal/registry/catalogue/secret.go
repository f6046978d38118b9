package catalogue

import "encoding/base64"

// Sealer keeps secrets; package seal has it.
type Sealer interface {
	Seal(purpose string, plain []byte) ([]byte, error)
	Open(purpose string, sealed []byte) ([]byte, error)
	Blind(purpose string, plain []byte) []byte
}

// The columns that stand for a secret beside its sealed text: what is shown, and what it is found by.
const (
	MaskSuffix  = "_mask"
	BlindSuffix = "_blind"
)

// Purpose names the keys of a secret field.
func Purpose(e Entity, field string) string { return string(e) + "." + field }

// blindBytes is how much of the blind index is kept: 128 bits tell all people apart and keep rows short.
const blindBytes = 16

// Blind is the index by which a secret is found; the empty secret has none.
func Blind(s Sealer, e Entity, field, plain string) string {
	if plain == "" {
		return ""
	}
	return base64.RawStdEncoding.EncodeToString(s.Blind(Purpose(e, field), []byte(plain))[:blindBytes])
}

// PutSecret puts a secret into the columns of a row: sealed, masked and its blind index. The empty secret clears them.
func PutSecret(s Sealer, e Entity, values map[string]string, field, plain string) error {
	if plain == "" {
		delete(values, field)
		delete(values, field+MaskSuffix)
		delete(values, field+BlindSuffix)
		return nil
	}
	sealed, err := s.Seal(Purpose(e, field), []byte(plain))
	if err != nil {
		return err
	}
	values[field] = base64.StdEncoding.EncodeToString(sealed)
	values[field+MaskSuffix] = Mask(field, plain)
	values[field+BlindSuffix] = Blind(s, e, field, plain)
	return nil
}
