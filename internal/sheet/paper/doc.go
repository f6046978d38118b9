// Package paper makes the papers that offices file: rosters (花名册) and statistics tables, with the heading, the lines for
// maker and checker and the page layout that they are expected to have.
//
// A [Paper] is data: the page that prints it and the workbook that [Paper.Write] makes show the same. Numbers of few people
// are hidden in statistics so that nobody can be picked out; see [Count].
package paper
