-- Sheets that somebody uploaded to be imported, until they are removed some days later. What they hold is sealed.
-- +goose Up
CREATE TABLE sheet_import (
  id             text COLLATE "C" PRIMARY KEY CHECK (id <> ''),
  owner          text COLLATE "C" NOT NULL,
  entity         text COLLATE "C" NOT NULL,
  file_name      text COLLATE "C" NOT NULL,
  sheet          text COLLATE "C" NOT NULL, -- asked for, or empty
  language       text COLLATE "C" NOT NULL,
  state          text COLLATE "C" NOT NULL CHECK (state IN ('trying', 'tried', 'writing', 'written')),
  job            text COLLATE "C" NOT NULL, -- the newest of the import
  good_only      boolean NOT NULL,
  reason         text COLLATE "C" NOT NULL,
  rows_total     bigint NOT NULL,
  rows_added     bigint NOT NULL,
  rows_changed   bigint NOT NULL,
  rows_same      bigint NOT NULL,
  rows_refused   bigint NOT NULL,
  heads          bigint NOT NULL, -- faults of headings
  change_set     text COLLATE "C" NOT NULL, -- or empty
  failure        text COLLATE "C" NOT NULL, -- message key, or empty
  failure_params text COLLATE "C" NOT NULL, -- JSON, or empty
  created_at     timestamptz NOT NULL,
  updated_at     timestamptz NOT NULL,
  remove_at      timestamptz NOT NULL
);
CREATE INDEX sheet_import_owner ON sheet_import (owner, created_at);
CREATE INDEX sheet_import_remove ON sheet_import (remove_at);

CREATE TABLE sheet_import_content (
  import text COLLATE "C" NOT NULL REFERENCES sheet_import (id) ON DELETE CASCADE,
  part   text COLLATE "C" NOT NULL CHECK (part IN ('file', 'report')),
  sealed bytea NOT NULL,
  PRIMARY KEY (import, part)
);
