// Package catalogue says what the registry keeps of divisions, sending units, cadres and villages: every field once, with
// its type, range, standard and options. Lists, filters, columns, forms, bulk edit, sheets, imports and messages are all
// driven by it, so that a field has one name and one rule everywhere.
//
// It is pure: it knows the domain and the standard library. [Spec.Check] makes canonical text of what a person wrote;
// what needs other records (does the unit exist, may this account touch it) is the use case's, package registry.
package catalogue
