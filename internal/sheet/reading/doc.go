// Package reading opens spreadsheets that strangers upload, and gives their rows one at a time.
//
// It takes .xlsx workbooks and CSV files and refuses, with a word for people, whatever else may lie in an upload: macro
// workbooks, the old binary formats, encrypted files, links to other files, archives that unpack to more than they should.
// Nothing in a file is ever executed: a formula counts by the value that the last program left beside it, or not at all.
//
// A worksheet is read as a stream by a scanner that knows the few elements a table needs, not by a general XML parser: it
// is some ten times faster, and its memory is bounded by [Limits] and not by the file. Shared strings are the only thing
// held. All limits are enforced on bytes that really came out of the archive, never on sizes that it claims.
package reading
