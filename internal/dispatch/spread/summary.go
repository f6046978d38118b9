package spread

import (
	"math"

	"jieli/internal/domain"
)

// FairnessSummary is Fairness in three figures, rounded to 6 decimals so that the same plan gives the same bytes.
type FairnessSummary struct {
	Concentration float64     `json:"concentration"`
	Gini          float64     `json:"gini"`
	Weakest       domain.Code `json:"weakest_county"`
}

// Summary rounds the figures.
func (f Fairness) Summary() FairnessSummary {
	return FairnessSummary{Concentration: sixDecimals(f.Concentration), Gini: sixDecimals(f.Gini), Weakest: f.Weakest}
}

// sixDecimals never gives −0, which JSON would write as such.
func sixDecimals(x float64) float64 { return math.Round(x*1e6)/1e6 + 0 }
