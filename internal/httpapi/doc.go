// Package httpapi is Jieli's HTTP surface: one readable route table, one file a resource.
//
// Every route names the action that it takes and how the region that it touches is found; a guard in front of the
// handler asks package access before any handler runs, and hands the handler the scope that every store read gets. The
// handlers only translate between the wire and the store: they keep no rules. The OpenAPI contract is generated from
// the table.
package httpapi
