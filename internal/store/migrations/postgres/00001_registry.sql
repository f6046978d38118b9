-- The registry: what rounds refer to. On a sharded PostgreSQL these are reference tables.
-- Texts sort by code point (COLLATE "C"), as in SQLite; initials and pinyin are lower case.
-- +goose Up
CREATE TABLE region (
  id         bigint PRIMARY KEY,
  code       text COLLATE "C" NOT NULL CHECK (length(code) = 12),
  parent     text COLLATE "C" NOT NULL,
  level      text COLLATE "C" NOT NULL CHECK (level IN ('province', 'city', 'county', 'township', 'village')),
  kind       text COLLATE "C" NOT NULL,
  name       text COLLATE "C" NOT NULL CHECK (name <> ''),
  initials   text COLLATE "C" NOT NULL,
  pinyin     text COLLATE "C" NOT NULL,
  valid_from timestamptz NOT NULL,
  valid_to   timestamptz, -- null: still valid
  UNIQUE (code, valid_from)
);
CREATE INDEX region_parent ON region (parent, code);
CREATE INDEX region_name ON region (name, code);
CREATE INDEX region_initials ON region (initials, code);
CREATE INDEX region_pinyin ON region (pinyin, code);

CREATE TABLE outline (
  code      text COLLATE "C" PRIMARY KEY CHECK (length(code) = 12),
  inner_lon double precision NOT NULL,
  inner_lat double precision NOT NULL,
  geometry  bytea NOT NULL, -- GeoJSON
  source    text COLLATE "C" NOT NULL
);

CREATE TABLE unit (
  id       text COLLATE "C" PRIMARY KEY CHECK (id <> ''),
  name     text COLLATE "C" NOT NULL CHECK (name <> ''),
  initials text COLLATE "C" NOT NULL,
  pinyin   text COLLATE "C" NOT NULL,
  level    text COLLATE "C" NOT NULL CHECK (level IN ('province', 'city', 'county')),
  kind     text COLLATE "C" NOT NULL,
  home     text COLLATE "C" NOT NULL
);
CREATE INDEX unit_name ON unit (name);
CREATE INDEX unit_initials ON unit (initials);
CREATE INDEX unit_pinyin ON unit (pinyin);
CREATE INDEX unit_level ON unit (level);

CREATE TABLE cadre (
  id         text COLLATE "C" PRIMARY KEY CHECK (id <> ''),
  unit       text COLLATE "C" NOT NULL REFERENCES unit (id),
  name       text COLLATE "C" NOT NULL CHECK (name <> ''),
  initials   text COLLATE "C" NOT NULL,
  pinyin     text COLLATE "C" NOT NULL,
  sex        text COLLATE "C" NOT NULL,
  birth_year bigint NOT NULL,
  politics   text COLLATE "C" NOT NULL,
  position   text COLLATE "C" NOT NULL
);
CREATE INDEX cadre_unit ON cadre (unit);
CREATE INDEX cadre_name ON cadre (name);
CREATE INDEX cadre_initials ON cadre (initials);
CREATE INDEX cadre_pinyin ON cadre (pinyin);

CREATE TABLE policy_version (
  id          text COLLATE "C" PRIMARY KEY CHECK (id <> ''),
  name        text COLLATE "C" NOT NULL,
  region      text COLLATE "C" NOT NULL,
  source      text COLLATE "C" NOT NULL,
  valid_from  text COLLATE "C" NOT NULL, -- YYYY-MM-DD
  rule_values jsonb NOT NULL, -- JSON object
  shares      jsonb NOT NULL  -- JSON array, in the order of the policy
);

CREATE TABLE meta (
  key   text COLLATE "C" PRIMARY KEY,
  value text COLLATE "C" NOT NULL
);
