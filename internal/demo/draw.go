package demo

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"jieli/internal/demo/divisions"
	"jieli/internal/domain"
	"jieli/internal/spelling"
)

// Draw makes the demo from the examples and a seed. It is pure and takes about a second. An example folder that is too
// small for the report's totals, or lacks a village that the report names, is KindInvalid, demo.too_little.
func Draw(examples divisions.Examples, seed uint64, hash Hash) (Data, error) {
	t, err := readTables()
	if err != nil {
		return Data{}, err
	}
	s := spelling.New()
	data := Data{Seed: seed, Regions: regions(examples, s), Policies: policies(), Accounts: accounts(seed, hash)}
	if data.Outlines, err = outlines(examples); err != nil {
		return Data{}, err
	}
	ground := survey(examples, seed)
	f, err := drawInForce(&ground, t, s, seed)
	if err != nil {
		return Data{}, err
	}
	data.Recorded = f.recorded()
	data.Rounds = []domain.RoundInput{f.input(data.Policies[0])}
	data.Rounds = append(data.Rounds, nextRound(f, data.Policies[1]))
	for _, u := range f.units {
		data.Units = append(data.Units, u.Unit)
	}
	for _, c := range f.people.all {
		data.Cadres = append(data.Cadres, c.Cadre)
	}
	return data, nil
}

// Digest is the SHA-256 of the data as JSON, hex: equal data, equal digest.
func (d Data) Digest() (string, error) {
	sum := sha256.New()
	if err := json.NewEncoder(sum).Encode(d); err != nil {
		return "", err
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}
