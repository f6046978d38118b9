// Package policy knows the numbers that an office may set and what they mean.
//
// A policy version ([domain.PolicyVersion]) holds only the values that differ from the defaults, with the text that
// they come from. This package gives the catalogue of keys with default, range, unit and meaning, checks a version
// against it, fills it up to a full set of values and explains it. It is pure: no files, no clock, no store.
package policy
