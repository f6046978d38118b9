package domain

// Skills holds 0..100 for each speciality, in the order of the round's specialities.
type Skills []int

// UnitLevel says which office a sending unit belongs to.
type UnitLevel string

// The levels of sending units.
const (
	UnitProvince UnitLevel = "province"
	UnitCity     UnitLevel = "city"
	UnitCounty   UnitLevel = "county"
)

// Unit is a sending unit (派出单位).
type Unit struct {
	ID       string
	Name     string
	Initials string
	Pinyin   string
	Level    UnitLevel
	Kind     string // such as "government", "institution", "enterprise", "bank", "university"
	Home     Code   // the division that it belongs to, whatever it serves
}

// RoundUnit is a unit's part in one round.
type RoundUnit struct {
	Unit
	Region             Code   // the area that it may serve, a code padded to 12 digits
	LeadUnit           string // the unit that it joins, or empty
	Strength           int    // 0..100
	X, Y               int64  // metres on the round's plane
	Skills             Skills
	MinTeams, MaxTeams int64
}
