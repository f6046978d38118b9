package domain

// Sex by GB/T 2261.1: "1" male, "2" female.
type Sex string

// Cadre is a person whom a unit may send (干部).
type Cadre struct {
	ID        string
	Unit      string // id of the sending unit
	Name      string
	Initials  string
	Pinyin    string
	Sex       Sex
	BirthYear int
	Politics  string // "party_member", "league_member", "masses", "other_party"
	Position  string // title of the post held, as written in the file
}

// Candidate is a cadre nominated for one round, with what the rules ask about on that day.
type Candidate struct {
	Cadre
	Grade      int  // 1..12, 6 is deputy division head or equivalent
	MidLevel   bool // holds a middle-level post of the unit or a higher one
	Fit        bool // passed the health check
	YoungPool  bool // in the pool of excellent young cadres
	RuralYears int
	Terms      int  // terms already served in a row
	Native     Code // home township, or empty
	Skills     Skills
}
