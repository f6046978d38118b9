-- Plans that came out of an earlier one, and what changed. Changes are field data and carry the county first.
-- +goose Up
CREATE TABLE plan_revision (
  plan     TEXT PRIMARY KEY REFERENCES plan (id),
  parent   TEXT NOT NULL REFERENCES plan (id) CHECK (parent <> plan),
  villages TEXT NOT NULL, -- JSON array of codes
  units    TEXT NOT NULL, -- JSON array of ids
  cadres   TEXT NOT NULL  -- JSON array of ids
) STRICT, WITHOUT ROWID;
CREATE INDEX plan_revision_parent ON plan_revision (parent);

CREATE TABLE plan_change (
  county  TEXT NOT NULL CHECK (county = substr(village, 1, 6) || '000000'),
  plan    TEXT NOT NULL REFERENCES plan_revision (plan),
  place   INTEGER NOT NULL,
  kind    TEXT NOT NULL,
  village TEXT NOT NULL,
  team    TEXT NOT NULL, -- or empty
  subject TEXT NOT NULL,
  cause   TEXT NOT NULL, -- JSON object, kept as it is written
  PRIMARY KEY (county, plan, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX plan_change_place ON plan_change (plan, place);
