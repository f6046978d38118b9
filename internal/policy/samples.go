package policy

import (
	"bytes"
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"jieli/internal/domain"
)

//go:embed samples/*.yaml
var sampleFiles embed.FS

// Sample is a policy that a place is known to have had, from public reports: named, sourced, dated, and law nowhere. An
// office imports it as a draft and puts its own document in its place.
type Sample struct {
	Name   string       // such as "hunan-2021"
	Title  string       // what it is
	Level  domain.Level // of the office that issued it
	Place  string       // where it held
	Notice string       // what to mind before using it
	Object domain.PolicyObject
}

// sampleFile is a sample as it is written. A value's source is the file's, with the value's own quote and place.
type sampleFile struct {
	Title     string
	Level     domain.Level
	Place     string
	ValidFrom string `yaml:"valid_from"`
	Notice    string
	Source    sampleSource
	Values    map[string]struct {
		Number int64
		Items  []string
		Quote  string
		Place  string
	}
	Shares []domain.Share
}

type sampleSource struct{ Document, Number, Issuer, Date string }

// Samples are all samples that come with the product, by name.
func Samples() ([]Sample, error) {
	names, err := fs.Glob(sampleFiles, "samples/*.yaml")
	if err != nil {
		return nil, err
	}
	slices.Sort(names)
	all := make([]Sample, 0, len(names))
	for _, name := range names {
		text, err := sampleFiles.ReadFile(name)
		if err != nil {
			return nil, err
		}
		sample, err := ReadSample(strings.TrimSuffix(path.Base(name), ".yaml"), text)
		if err != nil {
			return nil, err
		}
		all = append(all, sample)
	}
	return all, nil
}

// ReadSample reads a sample from YAML. The error is KindInvalid: policy.sample_malformed, or the first fault of the object
// apart from its division, which the importing office sets.
func ReadSample(name string, text []byte) (Sample, error) {
	var f sampleFile
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	if err := decoder.Decode(&f); err != nil {
		return Sample{}, &domain.Error{Kind: domain.KindInvalid, Key: "policy.sample_malformed", Params: domain.Params{"name": name}, Cause: err}
	}
	source := domain.PolicySource{Document: f.Source.Document, Number: f.Source.Number, Issuer: f.Source.Issuer, Date: f.Source.Date}
	o := domain.PolicyObject{Name: f.Title, Status: domain.PolicyDraft, ValidFrom: f.ValidFrom, Source: source,
		Values: map[string]domain.PolicyValue{}, Shares: f.Shares, Sample: name}
	for key, v := range f.Values {
		own := source
		own.Quote, own.Place = v.Quote, v.Place
		o.Values[key] = domain.PolicyValue{Number: v.Number, Items: v.Items, Source: own}
	}
	o = Tidy(o)
	for _, err := range CheckObject(withRegion(o)) {
		return Sample{}, fmt.Errorf("sample %s: %w", name, err)
	}
	return Sample{Name: name, Title: f.Title, Level: f.Level, Place: f.Place, Notice: f.Notice, Object: o}, nil
}

// withRegion lets a sample, which belongs to no division yet, pass for one of a province.
func withRegion(o domain.PolicyObject) domain.PolicyObject {
	o.Region = "430000000000"
	return o
}
