-- The registry: what rounds refer to. On a sharded PostgreSQL these are reference tables.
-- Times are UTC texts of one format, so that they sort as they pass; initials and pinyin are lower case.
-- +goose Up
CREATE TABLE region (
  id         INTEGER PRIMARY KEY,
  code       TEXT NOT NULL CHECK (length(code) = 12),
  parent     TEXT NOT NULL,
  level      TEXT NOT NULL CHECK (level IN ('province', 'city', 'county', 'township', 'village')),
  kind       TEXT NOT NULL,
  name       TEXT NOT NULL CHECK (name <> ''),
  initials   TEXT NOT NULL,
  pinyin     TEXT NOT NULL,
  valid_from TEXT NOT NULL,
  valid_to   TEXT, -- null: still valid
  UNIQUE (code, valid_from)
) STRICT;
CREATE INDEX region_parent ON region (parent, code);
CREATE INDEX region_name ON region (name, code);
CREATE INDEX region_initials ON region (initials, code);
CREATE INDEX region_pinyin ON region (pinyin, code);

CREATE TABLE outline (
  code      TEXT PRIMARY KEY CHECK (length(code) = 12),
  inner_lon REAL NOT NULL,
  inner_lat REAL NOT NULL,
  geometry  BLOB NOT NULL, -- GeoJSON
  source    TEXT NOT NULL
) STRICT;

CREATE TABLE unit (
  id       TEXT PRIMARY KEY CHECK (id <> ''),
  name     TEXT NOT NULL CHECK (name <> ''),
  initials TEXT NOT NULL,
  pinyin   TEXT NOT NULL,
  level    TEXT NOT NULL CHECK (level IN ('province', 'city', 'county')),
  kind     TEXT NOT NULL,
  home     TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX unit_name ON unit (name);
CREATE INDEX unit_initials ON unit (initials);
CREATE INDEX unit_pinyin ON unit (pinyin);
CREATE INDEX unit_level ON unit (level);

CREATE TABLE cadre (
  id         TEXT PRIMARY KEY CHECK (id <> ''),
  unit       TEXT NOT NULL REFERENCES unit (id),
  name       TEXT NOT NULL CHECK (name <> ''),
  initials   TEXT NOT NULL,
  pinyin     TEXT NOT NULL,
  sex        TEXT NOT NULL,
  birth_year INTEGER NOT NULL,
  politics   TEXT NOT NULL,
  position   TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX cadre_unit ON cadre (unit);
CREATE INDEX cadre_name ON cadre (name);
CREATE INDEX cadre_initials ON cadre (initials);
CREATE INDEX cadre_pinyin ON cadre (pinyin);

CREATE TABLE policy_version (
  id          TEXT PRIMARY KEY CHECK (id <> ''),
  name        TEXT NOT NULL,
  region      TEXT NOT NULL,
  source      TEXT NOT NULL,
  valid_from  TEXT NOT NULL, -- YYYY-MM-DD
  rule_values TEXT NOT NULL, -- JSON object
  shares      TEXT NOT NULL  -- JSON array, in the order of the policy
) STRICT, WITHOUT ROWID;

CREATE TABLE meta (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
