package httpapi

import "jieli/internal/domain"

// RegionRef names a division.
type RegionRef struct {
	Code  domain.Code  `json:"code" doc:"12-digit statistical division code"`
	Name  string       `json:"name"`
	Level domain.Level `json:"level" enum:"province,city,county,township,village"`
}

// NamedCode names a place where its level is known.
type NamedCode struct {
	Code domain.Code `json:"code"`
	Name string      `json:"name"`
}

// CategoryFigures counts villages of one category.
type CategoryFigures struct {
	Category domain.Category `json:"category" enum:"key,weak,demonstration,consolidated"`
	Villages int64           `json:"villages"`
	Served   int64           `json:"served"`
}

// Figures sum up a plan over one division.
type Figures struct {
	Villages    int64             `json:"villages" doc:"Villages of the round"`
	Served      int64             `json:"served" doc:"Villages with a team"`
	Unserved    int64             `json:"unserved" doc:"Villages without a team"`
	Teams       int64             `json:"teams"`
	Members     int64             `json:"members" doc:"People in the teams, leaders included"`
	Score       int64             `json:"score" doc:"Points of the teams, penalties aside"`
	UnitMatch   float64           `json:"unit_match" doc:"Mean fit of lead unit to village, 0..100"`
	MemberMatch float64           `json:"member_match" doc:"Mean fit of member to first village, 0..100"`
	Coverage    float64           `json:"coverage" doc:"Served villages by villages, 0..1; 0 where there are none"`
	ByCategory  []CategoryFigures `json:"by_category" nullable:"false"`
}

// ChildFigures is one child of a division with its figures.
type ChildFigures struct {
	Region  RegionRef `json:"region"`
	Figures Figures   `json:"figures"`
}

// RegionPage is a plan seen at one division. Path holds the division's ancestors, from the province, and itself; those
// above the caller's own region are named and nothing more.
type RegionPage struct {
	Region   RegionRef      `json:"region"`
	Path     []RegionRef    `json:"path" nullable:"false"`
	Figures  Figures        `json:"figures"`
	Children []ChildFigures `json:"children" nullable:"false"`
}

// RegionHit is a division that a search found.
type RegionHit struct {
	RegionRef
	Path []string `json:"path" nullable:"false" doc:"Names of the divisions that it lies in, from the province, itself left out"`
}

// RegionHits holds the divisions that a search found.
type RegionHits struct {
	Regions []RegionHit `json:"regions" nullable:"false"`
}
