package problem

import (
	"math"
	"strconv"

	"jieli/internal/domain"
	"jieli/internal/solver"
)

// The kinds of prices in certificate.csv (dispatch contract §5).
const (
	priceVillage   = "village"
	priceCadre     = "cadre"
	priceHeadcount = "headcount"
	priceUnitMax   = "unit_max"
	priceUnitMin   = "unit_min"
	priceShare     = "share"
)

// maxPrice is the greatest price, either way, that a certificate may have: far above any team's score, far below where
// sums of prices leave 64 bits.
const maxPrice = 1_000_000_000_000

// priceRows lists the prices that are not 0.
func (p *Problem) priceRows(prices solver.Prices) [][]string {
	var rows [][]string
	add := func(kind string, list []int64, id func(i int) string) {
		for i, price := range list {
			if price != 0 {
				rows = append(rows, []string{kind, id(i), decimal(price)})
			}
		}
	}
	unit := func(i int) string { return p.Units[i].ID }
	add(priceVillage, prices.Site, func(i int) string { return string(p.Villages[i].Code) })
	add(priceCadre, prices.Item, func(i int) string { return p.Cadres[i].ID })
	add(priceHeadcount, []int64{prices.Limit}, strconv.Itoa)
	add(priceUnitMax, prices.Max, unit)
	add(priceUnitMin, prices.Min, unit)
	add(priceShare, prices.Quota, func(i int) string { return strconv.Itoa(i + 1) })
	return rows
}

// priceAt finds where the price of that kind and id is kept, and the range in which it has to lie; nil for an unknown id.
func (p *Problem) priceAt(prices *solver.Prices, kind, id string) (at *int64, low, high int64) {
	switch kind {
	case priceVillage:
		return slot(prices.Site, p.village, domain.Code(id)), -maxPrice, maxPrice
	case priceCadre:
		return slot(prices.Item, p.cadre, id), 0, maxPrice
	case priceUnitMax:
		return slot(prices.Max, p.unit, id), 0, maxPrice
	case priceUnitMin:
		return slot(prices.Min, p.unit, id), 0, p.rules.penaltyMinTeams
	case priceShare:
		if n, err := strconv.Atoi(id); err == nil && n >= 1 && n <= len(prices.Quota) {
			return &prices.Quota[n-1], 0, p.rules.penaltyShare
		}
	case priceHeadcount:
		if id == "0" {
			return &prices.Limit, 0, maxPrice * min(1, p.rules.headcount)
		}
	}
	return nil, 0, 0
}

func slot[K comparable](list []int64, positions map[K]int, id K) *int64 {
	if i, known := positions[id]; known {
		return &list[i]
	}
	return nil
}

// readPrices reads certificate.csv. Where the file is optional and has no price, there are no prices.
func (r *planReader) readPrices(optional bool) {
	kinds := []string{priceVillage, priceCadre, priceHeadcount, priceUnitMax, priceUnitMin, priceShare}
	prices := r.p.NoPrices()
	if rows, _ := r.readPriceFile(certificateFile, optional, kinds, &prices); optional && rows == 0 {
		return
	}
	r.plan.Prices = prices
	if sum := r.p.priceSum(&prices); sum > maxMagnitude {
		r.faults.add(Fault{File: certificateFile, Key: "problem.prices_too_large", Params: domain.Params{"sum": sum, "max": maxMagnitude}})
	}
}

// readPriceFile reads a file of prices, of the kinds that it may have. It gives how many different ones it lists, and
// whether there was a file at all. A price that is not listed stays as it is.
func (r *planReader) readPriceFile(file string, optional bool, kinds []string, prices *solver.Prices) (rows int, read bool) {
	type name struct{ kind, id string }
	seen := map[name]int{}
	l := layout{file: file, optional: optional, columns: []string{"kind", "id", "price"}}
	s := readSheet(r.open, l, r.faults, func(s *sheet) {
		kind, id := oneOf(s, "kind", kinds), s.text("id")
		price := s.number("price", math.MinInt64, math.MaxInt64)
		if !s.clean {
			return
		}
		first, twice := seen[name{kind, id}]
		at, low, high := r.p.priceAt(prices, kind, id)
		switch {
		case at == nil:
			r.wrong(s, "id", "problem.unknown_price", domain.Params{"kind": kind, "value": clip(id)})
		case twice:
			r.wrong(s, "id", "problem.duplicate", domain.Params{"value": clip(id), "first": first})
		case price < low || price > high:
			r.wrong(s, "price", "problem.out_of_range", domain.Params{"value": price, "min": low, "max": high})
		default:
			*at = price
		}
		seen[name{kind, id}] = s.line
	})
	return len(seen), s.complete
}

// priceSum is a number that no sum of the prices in a bound exceeds. A village's price counts once for each set that holds it.
func (p *Problem) priceSum(prices *solver.Prices) float64 {
	sum, highest := float64(prices.Limit)*float64(p.rules.headcount), 0.0
	for _, price := range prices.Site {
		sum += math.Abs(float64(price))
		highest = max(highest, math.Abs(float64(price)))
	}
	sum += highest * float64(p.rules.clusterMax) * p.clusterCount()
	for _, price := range prices.Item {
		sum += float64(price)
	}
	for u := range p.units {
		sum += float64(prices.Max[u])*float64(p.units[u].max) + float64(prices.Min[u])*float64(p.units[u].min)
	}
	return sum
}
