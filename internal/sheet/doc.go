// Package sheet is the door for spreadsheets: templates to fill in, tables as shown on screen, and, in its subpackages,
// the safe reading of uploads (reading), imports (intake) and the papers that offices print (paper).
//
// A sheet that Jieli writes carries a hidden first row with the keys of its columns ("#cadre.name") and a hidden column
// with each record's version ("#version"). So an edited export is recognised whatever the language of its headings and
// however its columns were moved, and a row that somebody else changed meanwhile is noticed.
//
// What a person typed is never run: workbook cells are typed as text, and in CSV a text that a spreadsheet would take for
// a formula gets an apostrophe before it, which reading takes away again; see [Neutralise].
package sheet
