package policy

import (
	"cmp"
	"slices"
	"strings"

	"jieli/internal/domain"
)

// Said is what one object says about a key.
type Said struct {
	Object string // id
	Region domain.Code
	Value  domain.PolicyValue
}

// EffectiveRule is what holds for a key: Value, said by By, or the default where By is empty. Overruled are objects of lower
// levels that were looser than what binds them; where the stricter of both was taken together (lists), Value holds both.
type EffectiveRule struct {
	RuleKey
	Value     domain.PolicyValue
	By        string
	Overruled []Said

	bound   domain.PolicyValue // the strictest value so far that is not free
	boundBy string
	bounded bool
}

// Effective is what all levels together say for a place on a day. Objects are those that were merged, upper levels first.
type Effective struct {
	Region  domain.Code
	Day     string
	Objects []domain.PolicyObject
	Rules   []EffectiveRule // in the order of RuleKeys
	Shares  []domain.Share
}

// Merge puts objects together from the top down: each may be stricter than those above it, looser only where those above
// declared the key free. So no level loosens what binds it. It takes the objects as they come: the caller picks those that
// hold on the day in the place, one a level.
func Merge(region domain.Code, day string, objects []domain.PolicyObject) Effective {
	objects = slices.Clone(objects)
	slices.SortStableFunc(objects, func(a, b domain.PolicyObject) int {
		return cmp.Compare(len(a.Region.Prefix()), len(b.Region.Prefix()))
	})
	e := Effective{Region: region, Day: day, Objects: objects}
	for _, key := range RuleKeys() {
		rule := EffectiveRule{RuleKey: key, Value: key.DefaultValue()}
		for _, o := range objects {
			if value, set := o.Values[key.Name]; set {
				rule.take(Said{o.ID, o.Region, value})
			}
		}
		e.Rules = append(e.Rules, rule)
	}
	for _, o := range objects {
		e.Shares = mergeShares(e.Shares, o.Shares)
	}
	return e
}

func (r *EffectiveRule) take(said Said) {
	if r.bounded && !r.AtLeast(said.Value, r.bound) {
		r.Overruled = append(r.Overruled, said)
		if both := r.Strictest(r.bound, said.Value); !r.Same(both, r.bound) { // a list: what it adds still holds
			r.Value, r.By = r.Strictest(r.Value, said.Value), said.Object
			if !said.Value.Free {
				r.bound = both
			}
		}
		return
	}
	r.Value, r.By = said.Value, said.Object
	if !said.Value.Free {
		r.bound, r.boundBy, r.bounded = said.Value, said.Object, true
	}
}

// mergeShares keeps for each level, attribute and skill the higher floor.
func mergeShares(upper, lower []domain.Share) []domain.Share {
	all := slices.Clone(upper)
	for _, s := range lower {
		i := slices.IndexFunc(all, func(o domain.Share) bool {
			return o.Level == s.Level && o.Attribute == s.Attribute && o.Skill == s.Skill
		})
		if i < 0 {
			all = append(all, s)
			continue
		}
		all[i].Percent = max(all[i].Percent, s.Percent)
	}
	return all
}

// Rule is what holds for a key; an unknown name panics, since names stand in the code.
func (e Effective) Rule(name string) EffectiveRule {
	i := slices.IndexFunc(e.Rules, func(r EffectiveRule) bool { return r.Name == name })
	if i < 0 {
		panic("policy: no key " + name)
	}
	return e.Rules[i]
}

// Number is the value of a key that is no list.
func (e Effective) Number(name string) int64 { return e.Rule(name).Value.Number }

// Items are the value of a list.
func (e Effective) Items(name string) []string { return e.Rule(name).Value.Items }

// basisSeparator joins the ids in a basis; ids hold none.
const basisSeparator = "+"

// Basis names the objects that were merged, upper levels first: what decisions keep. It is empty for the bare defaults.
func (e Effective) Basis() string {
	ids := make([]string, len(e.Objects))
	for i, o := range e.Objects {
		ids[i] = o.ID
	}
	return strings.Join(ids, basisSeparator)
}

// ObjectsOf are the ids in a basis.
func ObjectsOf(basis string) []string {
	if basis == "" {
		return nil
	}
	return strings.Split(basis, basisSeparator)
}

// Looser are the keys in which the object is looser than what binds it from above: it cannot be put in force with them.
// Above are the objects of the levels above that hold on its first day.
func Looser(o domain.PolicyObject, above []domain.PolicyObject) []EffectiveRule {
	var all []EffectiveRule
	for _, rule := range Merge(o.Region, o.ValidFrom, above).Rules {
		value, set := o.Values[rule.Name]
		if set && rule.bounded && !rule.AtLeast(value, rule.bound) {
			rule.Value, rule.By = rule.bound, rule.boundBy
			all = append(all, rule)
		}
	}
	return all
}
