// Package rulebook keeps the policy objects of provinces, cities and counties: drafts, what is in force, what was
// replaced, and what all of it together says for a place on a day. The rules about rules are in package policy; this
// package adds the store, the scope and the ledger.
//
// An office drafts and enforces for its own division only. A draft that is looser than what binds it from above cannot be
// put in force. Objects in force never change; the next one of the same division replaces the one before from its first day.
//
// The doors, on Service; each takes (ctx, actor domain.Account, …):
//
//	Objects(region) ([]domain.PolicyObject)              of the division, of those above it and of those in it; newest first
//	Object(id) (domain.PolicyObject)
//	SaveDraft(domain.PolicyObject) (domain.PolicyObject) ID and Version empty: a new one
//	DropDraft(id, version)
//	Faults(id) ([]error)                                 why the draft cannot be put in force yet
//	Enforce(id, version) (domain.PolicyObject)           draft → in force; the former one is replaced
//	Effective(region, day) (policy.Effective)            merged down the levels, with who set what and who was overruled
//	Diff(before, after) (policy.Diff)                    of two objects, by key
//	Samples() ([]policy.Sample)
//	ImportSample(name, region) (domain.PolicyObject)     makes a draft
package rulebook
