// Package app puts the parts together and runs them: it opens the store, builds the handler, listens, and stops without
// losing a request or a job that has begun. It also holds what an administrator does at the machine itself, such as adding
// accounts.
package app
