-- Changes of divisions, with where they took place, so that they are read within a scope. The table of before was never written.
-- +goose Up
DROP TABLE region_change;
CREATE TABLE region_change (
  seq       INTEGER PRIMARY KEY CHECK (seq > 0),
  kind      TEXT NOT NULL CHECK (kind IN ('rename', 'upgrade', 'merge', 'split')),
  region    TEXT NOT NULL CHECK (length(region) = 12), -- the smallest division that holds all of them
  day       TEXT NOT NULL,
  reason    TEXT NOT NULL,
  detail    TEXT NOT NULL, -- JSON: which divisions, and how many rows followed
  undo      TEXT NOT NULL, -- JSON: the divisions that ended and began, and each value that followed
  actor     TEXT NOT NULL,
  at        TEXT NOT NULL,
  undone_by TEXT NOT NULL -- or empty
) STRICT;
