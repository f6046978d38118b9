package seal

import (
	"encoding/json"
	"errors"
	"time"
)

// format is what stands in a key file; another layout will have another number.
const format = 1

type fileText struct {
	Note   string    `json:"note"`
	Format int       `json:"format"`
	Index  keyText   `json:"index"`
	Keys   []keyText `json:"keys"`
}

type keyText struct {
	ID     uint32    `json:"id"`
	Suite  Suite     `json:"suite"`
	Made   time.Time `json:"made"`
	Secret []byte    `json:"secret"`
}

const note = "Jieli's keys. Whoever has this file and the database can read what is sealed in it; without this file nobody ever can. " +
	"Keep a copy in a safe place, apart from the copies of the database."

func (r *Ring) text() ([]byte, error) {
	t := fileText{Note: note, Format: format, Index: r.index.text()}
	for _, k := range r.keys {
		t.Keys = append(t.Keys, k.text())
	}
	text, err := json.MarshalIndent(t, "", "  ")
	return append(text, '\n'), err
}

func (k *key) text() keyText { return keyText{k.id, k.suite, k.made, k.secret} }

// parse reads what text writes. The errors tell nothing of the content, which is secret.
func parse(text []byte) (*Ring, error) {
	var t fileText
	if err := json.Unmarshal(text, &t); err != nil {
		return nil, errors.New("no JSON of the layout expected")
	}
	if t.Format != format {
		return nil, errors.New("another layout, of another version of the program")
	}
	if len(t.Keys) == 0 {
		return nil, errors.New("no key")
	}
	ring := &Ring{index: t.Index.key()}
	last := uint32(0)
	for _, k := range t.Keys {
		if k.ID <= last {
			return nil, errors.New("key ids must rise")
		}
		last = k.ID
		ring.keys = append(ring.keys, k.key())
	}
	for _, k := range append([]*key{ring.index}, ring.keys...) {
		if !k.suite.Known() || len(k.secret) != secretSize {
			return nil, errors.New("a key of an unknown suite or of the wrong length")
		}
	}
	return ring, nil
}

func (t keyText) key() *key {
	return &key{id: t.ID, suite: t.Suite, made: t.Made.UTC(), secret: t.Secret}
}
