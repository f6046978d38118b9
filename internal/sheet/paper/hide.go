package paper

// Place is a cell of a grid of counts, both from 0.
type Place struct{ Row, Column int }

// Sum says that the parts add up to the total, as a reader of the table can see.
type Sum struct {
	Total Place
	Parts []Place
}

// Count makes cells of counts and hides those from 1 to small−1. A reader who knows the sums could work a hidden count out:
// so in each sum either none is hidden, or at least two are; and where the total is shown, the hidden parts together are at
// least small, since each of them is known to be no zero. Zeros are always told. More is hidden, the smallest first and a
// total last, until that holds. Several sums taken together may still narrow a count down; this is the usual protection
// for printed tables, not a proof against an arithmetician.
func Count(grid [][]int64, sums []Sum, small int64) [][]Cell {
	cells := make([][]Cell, len(grid))
	for i, row := range grid {
		cells[i] = make([]Cell, len(row))
		for j, n := range row {
			cells[i][j] = Cell{Number: n, Count: true, Hidden: 0 < n && n < small}
		}
	}
	h := hiding{cells, small}
	for again := true; again; {
		again = false
		for _, s := range sums {
			for h.tells(s) && h.more(s) {
				again = true
			}
		}
	}
	return cells
}

type hiding struct {
	cells [][]Cell
	small int64
}

func (h hiding) at(p Place) *Cell { return &h.cells[p.Row][p.Column] }

// tells says whether a reader could work out a hidden count of the sum.
func (h hiding) tells(s Sum) bool {
	if len(s.Parts) == 0 {
		return false
	}
	hidden, together := 0, int64(0)
	for _, p := range s.Parts {
		if c := h.at(p); c.Hidden {
			hidden++
			together += c.Number
		}
	}
	if h.at(s.Total).Hidden {
		return hidden == 0
	}
	return hidden == 1 || hidden > 1 && together < h.small
}

// more hides one more count of the sum, and says whether there was one.
func (h hiding) more(s Sum) bool {
	var least *Cell
	for _, p := range s.Parts {
		if c := h.at(p); !c.Hidden && c.Number > 0 && (least == nil || c.Number < least.Number) {
			least = c
		}
	}
	if total := h.at(s.Total); least == nil && !total.Hidden {
		least = total
	}
	if least == nil {
		return false
	}
	least.Hidden = true
	return true
}
