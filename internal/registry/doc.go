// Package registry is the use case of the register: divisions, sending units, cadres and villages, which everything else
// refers to. It lists, judges and applies changes by the catalogue (package catalogue).
//
// # Who sees what
//
// Offices see what lies in their division: units by their home, cadres by their unit's. A sending unit's account sees its
// own unit and its own people. What lies outside is not found, as if it were not there.
//
// # How things change
//
// All changes go one way. [Service.Judge] says of each what would come of it: added, changed, same or refused with faults.
// [Service.Apply] does it in one transaction, all or the good ones only, as a change set with what was before and after,
// and a ledger entry with its digest. [Service.Undo] takes a set back where nothing has changed since; taking back an undo
// does it again. A change names the version that it was made from; another one in the database refuses it.
//
// # What is secret
//
// Identity and telephone numbers are sealed (package seal). Lists and exports hold masks; [Service.Reveal] opens one value,
// with a reason and a ledger entry. They are found by a blind index, so that nothing has to be opened for it.
//
// Divisions change by [Service.ChangeRegion]: see docs/registry.md.
package registry
