-- Background work: what is waiting, what runs, and what came of it.
-- +goose Up
CREATE TABLE job (
  id               text COLLATE "C" PRIMARY KEY CHECK (id <> ''),
  kind             text COLLATE "C" NOT NULL CHECK (kind <> ''),
  args             text COLLATE "C" NOT NULL, -- JSON
  owner            text COLLATE "C" NOT NULL,
  region           text COLLATE "C" NOT NULL CHECK (length(region) = 12),
  state            text COLLATE "C" NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
  attempt          bigint NOT NULL, -- only the runner of the newest attempt may write
  strikes          bigint NOT NULL,
  revision         bigint NOT NULL, -- rises with every change that can be seen
  progress         text COLLATE "C" NOT NULL, -- JSON, or empty
  checkpoint       bytea NOT NULL,
  result           text COLLATE "C" NOT NULL, -- JSON, or empty
  failure          text COLLATE "C" NOT NULL, -- message key, or empty
  failure_params   text COLLATE "C" NOT NULL, -- JSON, or empty
  cancel_requested boolean NOT NULL,
  due_at           timestamptz NOT NULL, -- when it may be taken: queued, from then on; running, once the lease is over
  created_at       timestamptz NOT NULL,
  started_at       timestamptz,
  finished_at      timestamptz,
  CHECK ((finished_at IS NULL) = (state IN ('queued', 'running')))
);
CREATE INDEX job_due ON job (due_at, id) WHERE finished_at IS NULL;
CREATE INDEX job_owner ON job (owner, created_at);
CREATE INDEX job_finished ON job (finished_at) WHERE finished_at IS NOT NULL;
