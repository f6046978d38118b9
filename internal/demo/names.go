package demo

import (
	"strconv"
	"strings"

	"jieli/internal/domain"
)

// The sexes by GB/T 2261.1.
const (
	male   domain.Sex = "1"
	female domain.Sex = "2"
)

// westernCities are those where many families are Miao, Tujia or Dong: 张家界, 怀化 and 湘西.
var westernCities = []domain.Code{"430800000000", "431200000000", "433100000000"}

// personName draws a family name as common in the region, and a given name as given in the decade of birth.
func (t tables) personName(d dice, sex domain.Sex, born int, west bool) string {
	weights := t.common
	if west {
		weights = t.west
	}
	g := t.given[strconv.Itoa(min(max(born/10*10, 1960), 2000))+string(sex)]
	family := t.surnames[d.weighted(weights...)]
	if d.chance(0.14) && len([]rune(family)) == 1 {
		return family + string(pick(d, g.single))
	}
	first, second := pick(d, g.first), pick(d, g.second)
	if first == second {
		return family + string(first)
	}
	var b strings.Builder
	b.WriteString(family)
	b.WriteRune(first)
	b.WriteRune(second)
	return b.String()
}
