// Package desk is where accounts bring sheets and fetch them: uploads that are tried and written by background jobs, their
// reports and result files, templates, exports and official papers.
//
// An upload is looked over at once, so that a file that is no plain table is refused before anything is kept. Then it is kept
// sealed and tried by a job of the kind [KindName], whose progress is the job's. Accepting it is another job, which writes the
// records, the change set, the ledger entry and the import's own end in one transaction, however often it has to begin again. Files
// and reports go a week after the upload; what an import wrote stays, and can be undone.
package desk
