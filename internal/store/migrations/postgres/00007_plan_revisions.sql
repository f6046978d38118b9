-- Plans that came out of an earlier one, and what changed. Changes are field data and carry the county first.
-- +goose Up
CREATE TABLE plan_revision (
  plan     text COLLATE "C" PRIMARY KEY REFERENCES plan (id),
  parent   text COLLATE "C" NOT NULL REFERENCES plan (id) CHECK (parent <> plan),
  villages jsonb NOT NULL, -- JSON array of codes
  units    jsonb NOT NULL, -- JSON array of ids
  cadres   jsonb NOT NULL  -- JSON array of ids
);
CREATE INDEX plan_revision_parent ON plan_revision (parent);

CREATE TABLE plan_change (
  county  text COLLATE "C" NOT NULL CHECK (county = substr(village, 1, 6) || '000000'),
  plan    text COLLATE "C" NOT NULL REFERENCES plan_revision (plan),
  place   bigint NOT NULL,
  kind    text COLLATE "C" NOT NULL,
  village text COLLATE "C" NOT NULL,
  team    text COLLATE "C" NOT NULL, -- or empty
  subject text COLLATE "C" NOT NULL,
  cause   text COLLATE "C" NOT NULL, -- JSON object, kept as it is written
  PRIMARY KEY (county, plan, place)
);
CREATE INDEX plan_change_place ON plan_change (plan, place);
