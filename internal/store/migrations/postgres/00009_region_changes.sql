-- Changes of divisions, with where they took place, so that they are read within a scope. The table of before was never written.
-- +goose Up
DROP TABLE region_change;
CREATE TABLE region_change (
  seq       bigint PRIMARY KEY CHECK (seq > 0),
  kind      text COLLATE "C" NOT NULL CHECK (kind IN ('rename', 'upgrade', 'merge', 'split')),
  region    text COLLATE "C" NOT NULL CHECK (length(region) = 12), -- the smallest division that holds all of them
  day       text COLLATE "C" NOT NULL,
  reason    text COLLATE "C" NOT NULL,
  detail    text COLLATE "C" NOT NULL, -- JSON: which divisions, and how many rows followed
  undo      text COLLATE "C" NOT NULL, -- JSON: the divisions that ended and began, and each value that followed
  actor     text COLLATE "C" NOT NULL,
  at        timestamptz NOT NULL,
  undone_by text COLLATE "C" NOT NULL -- or empty
);
