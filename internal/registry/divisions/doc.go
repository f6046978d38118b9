// Package divisions works out what a change of administrative divisions means: which end, which begin, and which code
// follows which. It is pure; package registry lets live data follow.
//
// A code that was ever in use is not given again, so that what was decided on some day is found by the code of that day.
package divisions
