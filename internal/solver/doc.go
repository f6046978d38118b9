// Package solver covers sites by teams: each team is led by an agent, made of items of that agent's pool, and covers one
// slot. It knows no villages; the standard library is all that it imports.
//
// Solve looks for the plan of the highest Score, and for two upper bounds that prove how good it is. Bound prices every
// single item (the certificate of the dispatch contract, §5): the linear program of team patterns is the best that it can
// reach, and in that program an agent's items may serve by thirds. AgentBound prices sites, the limit and quotas only and
// has each agent make its teams of whole items: it is tighter where people are scarce. What lies between the two is the
// relaxation's own part of the gap, and no plan could close it.
//
// Small problems are solved through the linear program (column generation by blocks, then rounding); large ones first by
// a walk along the agent bound and a reverse auction at its prices. Either plan is then improved by ruin and recreate as
// long as time is left. The same problem, seed and version give the same result whatever the number of workers, unless
// time ends the run. Docs: docs/solver.md.
package solver
