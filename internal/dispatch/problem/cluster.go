package problem

import (
	"slices"
	"strconv"
)

// joinable lists the villages that may stand behind the first one in a cluster, ascending (rule 1).
func (p *Problem) joinable(first int) []int {
	if p.villages[first].category != catDemonstration {
		return nil
	}
	var out []int
	for _, v := range p.villages[first].near {
		if p.mayJoin(first, v) {
			out = append(out, v)
		}
	}
	return out
}

// clustersFrom lists all clusters in which the village stands first: it alone, then with 1, 2, … of those that may join
// it, which ascend.
func (p *Problem) clustersFrom(first int) [][]int {
	near := p.joinable(first)
	all := [][]int{{first}}
	level := [][]int{{}} // positions in near
	for size := 2; size <= p.rules.clusterMax && size <= len(near)+1; size++ {
		var next [][]int
		for _, chosen := range level {
			from := 0
			if len(chosen) > 0 {
				from = chosen[len(chosen)-1] + 1
			}
			for k := from; k < len(near); k++ {
				more := append(slices.Clone(chosen), k)
				next = append(next, more)
				cluster := []int{first}
				for _, at := range more {
					cluster = append(cluster, near[at])
				}
				all = append(all, cluster)
			}
		}
		level = next
	}
	return all
}

// clusterCount is the number of clusters, each order counted; a float, since a hostile map may have more than fit.
func (p *Problem) clusterCount() float64 {
	var sum float64
	for v := range p.villages {
		n, ways := len(p.joinable(v)), 1.0
		for size := 1; size <= min(p.rules.clusterMax, n+1); size++ {
			sum += ways
			ways *= float64(n-size+1) / float64(size)
		}
	}
	return sum
}

// setKey names a set of villages, whatever their order.
func setKey(villages []int) string {
	sorted := slices.Sorted(slices.Values(villages))
	name := make([]byte, 0, 8*len(sorted))
	for _, v := range sorted {
		name = append(strconv.AppendInt(name, int64(v), 36), ' ')
	}
	return string(name)
}

// clusterKey names a cluster: the first village and the set of all.
func clusterKey(villages []int) string {
	return setKey(villages[:1]) + "+ " + setKey(villages[1:])
}
