-- Sheets that somebody uploaded to be imported, until they are removed some days later. What they hold is sealed.
-- +goose Up
CREATE TABLE sheet_import (
  id             TEXT PRIMARY KEY CHECK (id <> ''),
  owner          TEXT NOT NULL,
  entity         TEXT NOT NULL,
  file_name      TEXT NOT NULL,
  sheet          TEXT NOT NULL, -- asked for, or empty
  language       TEXT NOT NULL,
  state          TEXT NOT NULL CHECK (state IN ('trying', 'tried', 'writing', 'written')),
  job            TEXT NOT NULL, -- the newest of the import
  good_only      INTEGER NOT NULL,
  reason         TEXT NOT NULL,
  rows_total     INTEGER NOT NULL,
  rows_added     INTEGER NOT NULL,
  rows_changed   INTEGER NOT NULL,
  rows_same      INTEGER NOT NULL,
  rows_refused   INTEGER NOT NULL,
  heads          INTEGER NOT NULL, -- faults of headings
  change_set     TEXT NOT NULL, -- or empty
  failure        TEXT NOT NULL, -- message key, or empty
  failure_params TEXT NOT NULL, -- JSON, or empty
  created_at     TEXT NOT NULL,
  updated_at     TEXT NOT NULL,
  remove_at      TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sheet_import_owner ON sheet_import (owner, created_at);
CREATE INDEX sheet_import_remove ON sheet_import (remove_at);

CREATE TABLE sheet_import_content (
  import TEXT NOT NULL REFERENCES sheet_import (id) ON DELETE CASCADE,
  part   TEXT NOT NULL CHECK (part IN ('file', 'report')),
  sealed BLOB NOT NULL,
  PRIMARY KEY (import, part)
) STRICT;
