package main

import (
	"math"
	"slices"

	"jieli/internal/access/password"
	"jieli/internal/demo"
	"jieli/internal/demo/divisions"
	"jieli/internal/demo/sample"
	"jieli/internal/dispatch/problem"
	"jieli/internal/domain"
)

// maxProvinces is how many provinces the demo draws at most: more than there are.
const maxProvinces = 40

// check refuses a size or variant that there is not, and one for anything but files.
func (o demoOptions) check() error {
	wrong := ""
	whole := o.scale == math.Trunc(o.scale)
	switch {
	case !(o.scale > 0 && o.scale <= maxProvinces) || o.scale > 1 && !whole:
		wrong = "demo.scale_wrong"
	case !slices.Contains(sample.Variants(), sample.Variant(o.variant)):
		wrong = "demo.variant_wrong"
	case o.files == "" && o.sampled():
		wrong = "demo.sample_for_files"
	}
	if wrong == "" {
		return nil
	}
	return &exitError{exitInput, &domain.Error{Kind: domain.KindInvalid, Key: wrong, Params: domain.Params{"most": maxProvinces}}}
}

// sampled says whether the next round is wanted in another size or form than it is drawn in.
func (o demoOptions) sampled() bool { return o.scale != 1 || o.variant != string(sample.Normal) }

// drawFiles draws the next round and the registry; of another size or variant, the round alone.
func (e env) drawFiles(examples divisions.Examples, o demoOptions) ([]problem.File, error) {
	data, err := e.draw(examples, o)
	if err != nil {
		return nil, &exitError{exitInput, err}
	}
	if !o.sampled() {
		return demo.Files(data)
	}
	round := data.Rounds[len(data.Rounds)-1]
	if o.scale <= 1 {
		round = sample.Part(round, o.scale, o.seed)
	} else if round, err = drawProvinces(examples, o); err != nil {
		return nil, &exitError{exitInput, err}
	}
	return demo.RoundFiles(sample.Vary(round, sample.Variant(o.variant), o.seed))
}

// drawProvinces draws one province after the other, each from a seed of its own.
func drawProvinces(examples divisions.Examples, o demoOptions) (domain.RoundInput, error) {
	var rounds []domain.RoundInput
	for i := range uint64(o.scale) {
		data, err := demo.Draw(examples, o.seed+i, password.Hash)
		if err != nil {
			return domain.RoundInput{}, err
		}
		rounds = append(rounds, data.Rounds[len(data.Rounds)-1])
	}
	return sample.Provinces(rounds), nil
}
