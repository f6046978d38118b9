// Package domain holds Jieli's nouns and their invariants: divisions, units, cadres, rounds, plans and teams.
//
// It knows no SQL, no HTTP and no other package of the project; it imports the standard library only.
package domain
