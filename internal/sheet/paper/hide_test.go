package paper_test

import (
	"testing"

	"pgregory.net/rapid"

	"jieli/internal/sheet/paper"
)

// oneRow is a grid of a total and its parts, with the sum that says so.
func oneRow(parts ...int64) ([][]int64, []paper.Sum) {
	row, s := []int64{0}, paper.Sum{}
	for i, n := range parts {
		row[0] += n
		row = append(row, n)
		s.Parts = append(s.Parts, paper.Place{Row: 0, Column: i + 1})
	}
	return [][]int64{row}, []paper.Sum{s}
}

func shown(cells []paper.Cell) string {
	text := ""
	for i, c := range cells {
		if i > 0 {
			text += " "
		}
		text += c.String()
	}
	return text
}

func TestSmallCountsAreHiddenAndWhatWouldTellThem(t *testing.T) {
	for _, c := range []struct {
		parts []int64
		small int64
		want  string
	}{
		{[]int64{10, 20}, 5, "30 10 20"},
		{[]int64{3, 20, 9}, 5, "32 * 20 *"},   // 9 goes with it, or 32−20−9 would tell
		{[]int64{1, 1, 20}, 5, "22 * * *"},    // two ones are told by their sum
		{[]int64{3, 0, 0}, 5, "* * 0 0"},      // the total is small itself
		{[]int64{4, 4, 20}, 5, "28 * * 20"},   // together they are enough
		{[]int64{2, 20, 0}, 5, "22 * * 0"},    // zeros are told
		{[]int64{0, 0}, 5, "0 0 0"},           //
		{[]int64{1, 2, 3}, 0, "6 1 2 3"},      // nothing is hidden
		{[]int64{1, 2, 3}, 1, "6 1 2 3"},      //
		{[]int64{2, 0, 0, 1}, 3, "3 * 0 0 *"}, // exactly as many as the limit
	} {
		grid, sums := oneRow(c.parts...)
		if got := shown(paper.Count(grid, sums, c.small)[0]); got != c.want {
			t.Errorf("%v below %d: %s, want %s", c.parts, c.small, got, c.want)
		}
	}
}

// In a table with sums across and down, no small count is told, and none can be worked out from one sum.
func TestNoSumTellsAHiddenCount(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows, columns := rapid.IntRange(1, 5).Draw(t, "rows"), rapid.IntRange(1, 5).Draw(t, "columns")
		small := rapid.Int64Range(0, 8).Draw(t, "small")
		grid, sums := drawTable(t, rows, columns)
		cells := paper.Count(grid, sums, small)
		for i, row := range cells {
			for j, c := range row {
				if c.Number != grid[i][j] || !c.Count {
					t.Fatalf("the count at %d, %d became %+v", i, j, c)
				}
				if !c.Hidden && 0 < c.Number && c.Number < small || c.Hidden && (c.Number == 0 || small <= 1) {
					t.Fatalf("%d is hidden: %v", c.Number, c.Hidden)
				}
			}
		}
		for _, s := range sums {
			hidden, together := 0, int64(0)
			for _, p := range s.Parts {
				if c := cells[p.Row][p.Column]; c.Hidden {
					hidden++
					together += c.Number
				}
			}
			total := cells[s.Total.Row][s.Total.Column]
			if !total.Hidden && hidden > 0 && (hidden == 1 || together < small) || total.Hidden && hidden == 0 {
				t.Fatalf("a reader can work out a count of %+v in\n%v", s, cells)
			}
		}
	})
}

// drawTable draws counts with totals in the first row and column.
func drawTable(t *rapid.T, rows, columns int) ([][]int64, []paper.Sum) {
	grid := make([][]int64, rows+1)
	for i := range grid {
		grid[i] = make([]int64, columns+1)
	}
	for i := 1; i <= rows; i++ {
		for j := 1; j <= columns; j++ {
			n := rapid.Int64Range(0, 12).Draw(t, "count")
			for _, at := range [][2]int{{i, j}, {0, j}, {i, 0}, {0, 0}} {
				grid[at[0]][at[1]] += n
			}
		}
	}
	var sums []paper.Sum
	for i := range grid {
		s := paper.Sum{Total: paper.Place{Row: i}}
		for j := 1; j <= columns; j++ {
			s.Parts = append(s.Parts, paper.Place{Row: i, Column: j})
		}
		sums = append(sums, s)
	}
	for j := range grid[0] {
		s := paper.Sum{Total: paper.Place{Column: j}}
		for i := 1; i <= rows; i++ {
			s.Parts = append(s.Parts, paper.Place{Row: i, Column: j})
		}
		sums = append(sums, s)
	}
	return grid, sums
}
