// Package house holds the house rules as tests: the arrows of the import graph, the place of SQL, the sizes of files and
// functions, and that every package is documented. It has no code of its own.
package house
