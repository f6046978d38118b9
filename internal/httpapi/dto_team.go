package httpapi

import "jieli/internal/domain"

// UnitRef names a sending unit.
type UnitRef struct {
	ID    string           `json:"id"`
	Name  string           `json:"name"`
	Level domain.UnitLevel `json:"level" enum:"province,city,county"`
}

// TeamRow is a team in a list.
type TeamRow struct {
	ID          string          `json:"id"`
	County      NamedCode       `json:"county"`
	Township    string          `json:"township" doc:"Name of the first village's township"`
	Villages    []NamedCode     `json:"villages" nullable:"false" doc:"Those in the caller's region, the first village first"`
	Elsewhere   int             `json:"elsewhere" doc:"Villages of the team outside the caller's region"`
	Unit        UnitRef         `json:"unit"`
	Category    domain.Category `json:"category" enum:"key,weak,demonstration,consolidated" doc:"Of the first village"`
	Size        int             `json:"size" doc:"Members, leader included"`
	Leader      string          `json:"leader" doc:"Name of the leader, who is first secretary too"`
	Score       int64           `json:"score"`
	UnitMatch   int             `json:"unit_match" doc:"0..100"`
	MemberMatch int             `json:"member_match" doc:"0..100"`
}

// SkillValue is one speciality with its value, 0..100.
type SkillValue struct {
	Speciality string `json:"speciality"`
	Value      int    `json:"value"`
}

// TeamVillage is one village of a team.
type TeamVillage struct {
	Code       domain.Code     `json:"code"`
	Name       string          `json:"name"`
	Category   domain.Category `json:"category" enum:"key,weak,demonstration,consolidated"`
	Difficulty int             `json:"difficulty" doc:"0..100"`
	Match      int             `json:"match" doc:"Fit of the lead unit to this village, 0..100"`
	Needs      []SkillValue    `json:"needs" nullable:"false"`
}

// TeamUnit is the lead unit of a team.
type TeamUnit struct {
	UnitRef
	Kind     string       `json:"kind"`
	Strength int          `json:"strength" doc:"0..100"`
	Home     string       `json:"home" doc:"Name of the division that the unit belongs to"`
	Skills   []SkillValue `json:"skills" nullable:"false"`
}

// TeamMember is one person of a team.
type TeamMember struct {
	ID         string       `json:"id"`
	Name       string       `json:"name"`
	Role       domain.Role  `json:"role" enum:"leader,member"`
	Sex        domain.Sex   `json:"sex" enum:"1,2" doc:"GB/T 2261.1: 1 male, 2 female"`
	BirthYear  int          `json:"birth_year"`
	Age        int          `json:"age" doc:"In the round's first year"`
	Position   string       `json:"position"`
	Unit       string       `json:"unit" doc:"Name of the sending unit"`
	Grade      int          `json:"grade" doc:"1..12; 6 is deputy division head or equivalent"`
	MidLevel   bool         `json:"mid_level"`
	RuralYears int          `json:"rural_years"`
	YoungPool  bool         `json:"young_pool"`
	Match      int          `json:"match" doc:"Fit of the skills to the first village's needs, 0..100"`
	Skills     []SkillValue `json:"skills" nullable:"false"`
}

// ScorePart is one part of a team's score, in points.
type ScorePart struct {
	Key    string `json:"key" enum:"unit_match,unit_prior,unit_strength,unit_distance,further,member_match,member_rural,member_young,leader_grade"`
	Points int64  `json:"points"`
}

// Team is everything that a team's page shows.
type Team struct {
	ID         string          `json:"id"`
	Plan       string          `json:"plan"`
	Round      string          `json:"round"`
	County     NamedCode       `json:"county"`
	Path       []RegionRef     `json:"path" nullable:"false" doc:"From the province to the first village's township"`
	Category   domain.Category `json:"category" enum:"key,weak,demonstration,consolidated" doc:"Of the first village"`
	Score      int64           `json:"score"`
	Villages   []TeamVillage   `json:"villages" nullable:"false" doc:"Those in the caller's region, the first village first"`
	Elsewhere  int             `json:"elsewhere" doc:"Villages of the team outside the caller's region"`
	Unit       TeamUnit        `json:"unit"`
	Members    []TeamMember    `json:"members" nullable:"false" doc:"The leader first"`
	Parts      []ScorePart     `json:"parts" nullable:"false"`
	DistanceKM *int64          `json:"distance_km,omitempty" doc:"From the unit's seat to the first village, whole kilometres in a straight line; left out where that village lies outside the caller's region"`
}

// TeamList is one page of teams; Total counts all pages.
type TeamList struct {
	Total int       `json:"total"`
	Rows  []TeamRow `json:"rows" nullable:"false"`
}
