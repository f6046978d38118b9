// Package query writes the statements that only take shape when they are asked for: what a user typed as a search, and
// lists of records of the register with their filters and their order. It sends none and knows no transaction; the store
// does. Texts of users stand in arguments, or in a statement as the dialect quotes them.
package query
