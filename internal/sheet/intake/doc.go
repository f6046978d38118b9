// Package intake takes filled-in sheets into the registry: it recognises the columns of an upload, tries every row, tells
// row by row what would be added, changed or refused and why, and then writes all rows or the good ones only.
//
// A file is never written in part without somebody asking for that: a dry run ([Import.Try]) changes nothing, and
// [Ready.Write] has every row judged again in the transaction that writes. Heads that are not understood, missing or doubled stop
// the whole file before any row is looked at, since a shifted column would be worse than none.
package intake
