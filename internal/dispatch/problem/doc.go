// Package problem is the dispatch problem of the dispatch contract (docs/dispatch-contract.md): its files, its rules,
// its score, and the way to and from the solver's plain numbers.
//
// It is pure. A problem comes from a folder of CSV files (Load) or from a round in the store (FromRound); both go
// through one decoder, so both are held to the same checks. Rules and score are small functions over positions in the
// problem's slices; Model works them into a solver.Problem, Check tells every rule that a plan breaks.
//
// Two ways lead from an earlier plan to a new one: Solve with Settings.From looks for the best plan that changes little, and
// Repair mends a plan at once after a withdrawal, with a bound taken from the difference. Changes tells what differs and
// why; Explain answers questions about a plan by the prices of its certificate.
package problem
