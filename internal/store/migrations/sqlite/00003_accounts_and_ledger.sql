-- Who may sign in, who is signed in, and what was decided.
-- +goose Up
CREATE TABLE account (
  id            TEXT PRIMARY KEY CHECK (id <> ''),
  username      TEXT NOT NULL UNIQUE CHECK (username <> ''),
  name          TEXT NOT NULL,
  role          TEXT NOT NULL,
  region        TEXT NOT NULL,
  password_hash TEXT NOT NULL,
  disabled      INTEGER NOT NULL,
  demo          INTEGER NOT NULL,
  created_at    TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE session (
  token_hash TEXT PRIMARY KEY, -- never the token itself
  data       BLOB NOT NULL,
  expires_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_expiry ON session (expires_at);

CREATE TABLE ledger (
  seq     INTEGER PRIMARY KEY CHECK (seq > 0),
  at      TEXT NOT NULL,
  actor   TEXT NOT NULL,
  action  TEXT NOT NULL,
  subject TEXT NOT NULL,
  region  TEXT NOT NULL,
  policy  TEXT NOT NULL,
  detail  TEXT NOT NULL, -- JSON, kept byte for byte since the hash covers it
  prev    TEXT NOT NULL UNIQUE, -- the chain never forks
  hash    TEXT NOT NULL
) STRICT;

-- +goose StatementBegin
CREATE TRIGGER ledger_no_update BEFORE UPDATE ON ledger
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER ledger_no_delete BEFORE DELETE ON ledger
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
-- +goose StatementEnd
