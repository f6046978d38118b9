-- Background work: what is waiting, what runs, and what came of it.
-- +goose Up
CREATE TABLE job (
  id               TEXT PRIMARY KEY CHECK (id <> ''),
  kind             TEXT NOT NULL CHECK (kind <> ''),
  args             TEXT NOT NULL, -- JSON
  owner            TEXT NOT NULL,
  region           TEXT NOT NULL CHECK (length(region) = 12),
  state            TEXT NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
  attempt          INTEGER NOT NULL, -- only the runner of the newest attempt may write
  strikes          INTEGER NOT NULL,
  revision         INTEGER NOT NULL, -- rises with every change that can be seen
  progress         TEXT NOT NULL, -- JSON, or empty
  checkpoint       BLOB NOT NULL,
  result           TEXT NOT NULL, -- JSON, or empty
  failure          TEXT NOT NULL, -- message key, or empty
  failure_params   TEXT NOT NULL, -- JSON, or empty
  cancel_requested INTEGER NOT NULL,
  due_at           TEXT NOT NULL, -- when it may be taken: queued, from then on; running, once the lease is over
  created_at       TEXT NOT NULL,
  started_at       TEXT,
  finished_at      TEXT,
  CHECK ((finished_at IS NULL) = (state IN ('queued', 'running')))
) STRICT;
CREATE INDEX job_due ON job (due_at, id) WHERE finished_at IS NULL;
CREATE INDEX job_owner ON job (owner, created_at);
CREATE INDEX job_finished ON job (finished_at) WHERE finished_at IS NOT NULL;
