package domain

// PastPosting is a term that a cadre has served in a village. Days are YYYY-MM-DD, To the first day after; the village is
// the code of its day.
type PastPosting struct {
	Cadre   string
	From    string
	To      string
	Village Code
	Unit    string
	Role    Role
}
