package solver

import "slices"

// tender is what an agent would give for an option: the rise of its profit, the sites themselves being free of charge.
type tender struct {
	net    int64
	option int32 // -1: no tender
	worth  int64 // what the agent's options would then be worth
	drop   int   // which of its options it gives up, or -1
}

// relief is the most that an agent's profit can rise by when it takes an option, beside that option's own value.
func (k *market) relief(a int32) int64 {
	n := len(k.held[a])
	r := k.short(a, n) - k.short(a, n+1)
	all := -k.worth[a]
	for _, o := range k.held[a] {
		all += k.value[o]
	}
	for _, o := range k.held[a] {
		r = max(r, all-k.value[o]+k.priceOf(o))
	}
	return r
}

// tender works out what agent a would give for option o, which it may take beside its others or in place of one.
// Sites that other agents hold are not to be had.
func (k *market) tender(a, o int32, sc *scratch) tender {
	t := tender{net: -never, option: o, drop: -1}
	for _, v := range k.sites(o) {
		if k.holder[v] >= 0 && k.holder[v] != a {
			return t
		}
	}
	n := len(k.held[a])
	opts := append(append(sc.opts[:0], k.held[a]...), o)
	sc.opts = opts
	if int64(n) < k.m.p.Agents[a].Max && !k.clashes(o, k.held[a]) {
		if w := k.m.joint(a, opts, k.dues[a], sc); w > -never {
			t.net, t.worth = w-k.worth[a]+k.short(a, n)-k.short(a, n+1), w
		}
	}
	opts = opts[:n]
	for h, q := range k.held[a] {
		opts[h] = opts[n-1]
		if k.clashes(o, opts[:n-1]) {
			opts[h] = q
			continue
		}
		opts[h] = o
		if w := k.m.joint(a, opts, k.dues[a], sc); w > -never {
			if net := w - k.worth[a] + k.priceOf(q); net > t.net {
				t.net, t.worth, t.drop = net, w, h
			}
		}
		opts[h] = q
	}
	return t
}

// accept carries a tender out. It returns the sites of the option given up.
func (k *market) accept(t tender, sc *scratch) (gone []int32) {
	a := k.m.owner[t.option]
	opts := slices.Grow(sc.spare[:0], len(k.held[a])+1)
	opts = append(opts, k.held[a]...)
	if t.drop >= 0 {
		gone = k.sites(opts[t.drop])
		opts[t.drop] = t.option
	} else {
		opts = append(opts, t.option)
	}
	sc.spare = opts
	k.hold(a, opts, t.worth)
	return gone
}
