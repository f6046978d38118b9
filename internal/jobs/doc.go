// Package jobs runs work that outlives a request: import dry runs, solver runs. A job is a row that the caller enqueues in
// the transaction in which it decides that there is something to do; a Runner in any process of the installation takes it.
//
// The promises, the same on SQLite and PostgreSQL:
//
//   - A job that was committed runs, also after a crash: at least once, so a handler must be able to run again. What it
//     writes with Control.Finish is written together with the job's end, exactly once.
//   - One attempt holds a job at a time. It holds it by a lease that it renews; when the process dies, the lease runs out
//     and another runner takes the job. Each take has a number, and every write of an attempt names it, so that an attempt
//     that was taken for dead cannot write any more (fencing).
//   - Whoever may see the job can have it cancelled, from any process: the handler's context ends with ErrCancelled as its
//     cause. A handler that has something worth keeping, such as the best plan so far, still finishes with it.
//   - When a process stops in good order, its handlers' contexts end with ErrStopping, and their jobs wait for the next
//     runner without a strike. What an attempt keeps with Control.Keep, the next one finds.
//   - A fault that may pass is tried again after a pause that grows; after three strikes the job has failed. A fault of
//     the input (any domain.Error but a busy one) fails at once and says why.
//
// The clocks of machines that share a database have to agree within a few seconds: a lease lasts a minute.
package jobs
