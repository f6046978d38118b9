package problem

import "jieli/internal/domain"

// Fault is one thing that is wrong with a problem or a plan. File, Line and Column (from 1, as the file has them) say
// where, as far as that is known; ColumnName is the column's heading. Key names the message, Params fill it.
type Fault struct {
	File         string
	Line, Column int
	ColumnName   string
	Key          string
	Params       domain.Params
}
