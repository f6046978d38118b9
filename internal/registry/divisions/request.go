package divisions

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"jieli/internal/domain"
	"jieli/internal/registry/catalogue"
)

// Kind is what happens to divisions.
type Kind string

// The kinds of change.
const (
	Rename  Kind = "rename"  // another name or kind, the same code
	Upgrade Kind = "upgrade" // another code for it and all below, such as for a county that becomes a city
	Merge   Kind = "merge"   // several become one, of a new code or of one of theirs
	Split   Kind = "split"   // a part becomes a division of its own
)

// Request asks for a change of divisions.
type Request struct {
	Kind Kind `json:"kind"`
	// Day is the first day on which it holds, YYYY-MM-DD.
	Day string `json:"day"`
	// From are the divisions to merge, or the one to rename, upgrade or split.
	From []domain.Code `json:"from"`
	// Into is the code of what begins: new, but where a merger keeps the code of one of From. A rename has none.
	Into domain.Code `json:"into"`
	// Name and As are the name and the kind of what begins; empty: those of before, where there is a before.
	Name string            `json:"name"`
	As   domain.RegionKind `json:"as"`
	// Parts are the divisions right below that a split takes along. A village has none.
	Parts []domain.Code `json:"parts"`
	// Codes are wishes for the new codes of those below, by their old ones. Others keep their number where it is free, or
	// get the next one.
	Codes map[domain.Code]domain.Code `json:"codes"`
}

// longestName is the length of a division's name in runes, as the catalogue has it.
const longestName = 64

func refused(key, field string, params domain.Params) error {
	return &domain.Error{Kind: domain.KindInvalid, Key: "region_change." + key, Field: field, Params: params}
}

// check holds the request against itself and today. Codes come back without repetition.
func (r Request) check(today time.Time) (Request, time.Time, error) {
	day, err := time.Parse(time.DateOnly, r.Day)
	r.Name = strings.TrimSpace(r.Name)
	r.From, r.Parts = distinct(r.From), distinct(r.Parts)
	switch {
	case err != nil || day.After(today):
		return r, day, refused("day", "day", nil)
	case !slices.Contains([]Kind{Rename, Upgrade, Merge, Split}, r.Kind):
		return r, day, refused("kind", "kind", nil)
	case len(r.From) == 0 || r.Kind == Merge && len(r.From) == 1:
		return r, day, refused("too_few", "from", nil)
	case r.Kind != Merge && len(r.From) > 1:
		return r, day, refused("too_many", "from", nil)
	case utf8.RuneCountInString(r.Name) > longestName, r.Name == "" && r.needsName():
		return r, day, refused("name", "name", nil)
	case r.As != "" && !knownKind(r.As):
		return r, day, refused("as", "as", domain.Params{"kind": string(r.As)})
	}
	for _, c := range r.From {
		if c.Level() != r.From[0].Level() {
			return r, day, refused("level", "from", domain.Params{"code": string(c)})
		}
	}
	return r, day, nil
}

// needsName says whether something begins that has no name yet.
func (r Request) needsName() bool {
	switch r.Kind {
	case Rename:
		return r.As == ""
	case Merge:
		return !slices.Contains(r.From, r.Into)
	case Split:
		return true
	case Upgrade:
	}
	return false
}

func knownKind(kind domain.RegionKind) bool {
	spec, _ := catalogue.Of(catalogue.Region)
	f, _ := spec.Field("kind")
	return slices.ContainsFunc(f.Options, func(o catalogue.Option) bool { return o.Value == string(kind) })
}

func distinct(codes []domain.Code) []domain.Code {
	var out []domain.Code
	for _, c := range codes {
		if !slices.Contains(out, c) {
			out = append(out, c)
		}
	}
	return out
}
