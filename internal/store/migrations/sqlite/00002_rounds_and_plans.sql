-- Rounds with what a plan is made from, and plans with their teams. Field tables carry the county code first in their
-- primary key, so that one county's rows lie together, in a shard as in a file.
-- +goose Up
CREATE TABLE round (
  id           TEXT PRIMARY KEY CHECK (id <> ''),
  name         TEXT NOT NULL,
  from_year    INTEGER NOT NULL,
  to_year      INTEGER NOT NULL CHECK (to_year >= from_year),
  status       TEXT NOT NULL CHECK (status IN ('planning', 'in_force', 'ended')),
  headcount    INTEGER NOT NULL CHECK (headcount >= 0),
  specialities TEXT NOT NULL, -- JSON array
  policy       TEXT NOT NULL REFERENCES policy_version (id),
  plan         TEXT,
  -- deferred, because a round and its plan name each other
  FOREIGN KEY (id, plan) REFERENCES plan (round, id) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE round_village (
  county     TEXT NOT NULL CHECK (county = substr(code, 1, 6) || '000000'),
  round      TEXT NOT NULL REFERENCES round (id),
  code       TEXT NOT NULL CHECK (length(code) = 12),
  name       TEXT NOT NULL CHECK (name <> ''),
  initials   TEXT NOT NULL,
  pinyin     TEXT NOT NULL,
  category   TEXT NOT NULL CHECK (category IN ('key', 'weak', 'demonstration', 'consolidated')),
  x          INTEGER NOT NULL,
  y          INTEGER NOT NULL,
  difficulty INTEGER NOT NULL CHECK (difficulty BETWEEN 0 AND 100),
  needs      TEXT NOT NULL, -- JSON array, in the order of the round's specialities
  prior_unit TEXT NOT NULL, -- or empty; the unit may be gone by now
  neighbours TEXT NOT NULL, -- JSON array of codes
  PRIMARY KEY (county, round, code)
) STRICT, WITHOUT ROWID;
CREATE INDEX round_village_place ON round_village (round, code, category);
CREATE INDEX round_village_name ON round_village (round, name, code);
CREATE INDEX round_village_initials ON round_village (round, initials, code);
CREATE INDEX round_village_pinyin ON round_village (round, pinyin, code);

CREATE TABLE round_unit (
  round     TEXT NOT NULL REFERENCES round (id),
  unit      TEXT NOT NULL REFERENCES unit (id),
  region    TEXT NOT NULL,
  lead_unit TEXT REFERENCES unit (id),
  strength  INTEGER NOT NULL CHECK (strength BETWEEN 0 AND 100),
  x         INTEGER NOT NULL,
  y         INTEGER NOT NULL,
  skills    TEXT NOT NULL,
  min_teams INTEGER NOT NULL CHECK (min_teams >= 0),
  max_teams INTEGER NOT NULL CHECK (max_teams >= 0),
  PRIMARY KEY (round, unit)
) STRICT, WITHOUT ROWID;

CREATE TABLE round_candidate (
  round       TEXT NOT NULL REFERENCES round (id),
  cadre       TEXT NOT NULL REFERENCES cadre (id),
  grade       INTEGER NOT NULL,
  mid_level   INTEGER NOT NULL,
  fit         INTEGER NOT NULL,
  young_pool  INTEGER NOT NULL,
  rural_years INTEGER NOT NULL,
  terms       INTEGER NOT NULL,
  native      TEXT NOT NULL,
  skills      TEXT NOT NULL,
  PRIMARY KEY (round, cadre)
) STRICT, WITHOUT ROWID;

CREATE TABLE round_pin (
  county  TEXT NOT NULL CHECK (county = substr(village, 1, 6) || '000000'),
  round   TEXT NOT NULL,
  village TEXT NOT NULL,
  kind    TEXT NOT NULL CHECK (kind IN ('unit', 'cadre', 'not_unit', 'not_cadre')),
  subject TEXT NOT NULL,
  PRIMARY KEY (county, round, village, kind, subject),
  FOREIGN KEY (county, round, village) REFERENCES round_village (county, round, code)
) STRICT, WITHOUT ROWID;
CREATE INDEX round_pin_round ON round_pin (round, village, kind, subject);

CREATE TABLE plan (
  id             TEXT PRIMARY KEY CHECK (id <> ''),
  round          TEXT NOT NULL REFERENCES round (id),
  name           TEXT NOT NULL,
  origin         TEXT NOT NULL CHECK (origin IN ('recorded', 'solved')),
  policy         TEXT NOT NULL REFERENCES policy_version (id),
  status         TEXT NOT NULL,
  score          INTEGER NOT NULL,
  bound          INTEGER NOT NULL,
  tight_bound    INTEGER NOT NULL, -- 0 for none
  teams          INTEGER NOT NULL,
  members        INTEGER NOT NULL,
  unserved       INTEGER NOT NULL,
  seconds        REAL NOT NULL,
  problem_digest TEXT NOT NULL,
  created_by     TEXT NOT NULL,
  created_at     TEXT NOT NULL,
  UNIQUE (round, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE plan_archive (
  plan        TEXT PRIMARY KEY REFERENCES plan (id),
  problem     BLOB,
  certificate BLOB
) STRICT;

CREATE TABLE team (
  county        TEXT NOT NULL CHECK (county LIKE '______000000'),
  plan          TEXT NOT NULL REFERENCES plan (id),
  id            TEXT NOT NULL CHECK (id <> ''),
  unit          TEXT NOT NULL REFERENCES unit (id),
  leader        TEXT NOT NULL REFERENCES cadre (id),
  category      TEXT NOT NULL CHECK (category IN ('key', 'weak', 'demonstration', 'consolidated')), -- of the first village
  villages      INTEGER NOT NULL,
  size          INTEGER NOT NULL,
  score         INTEGER NOT NULL,
  unit_fit      INTEGER NOT NULL, -- 0..100, to the first village
  member_fits   INTEGER NOT NULL, -- sum over the members of 0..100
  unit_match    INTEGER NOT NULL, -- from here on points, part by part
  unit_prior    INTEGER NOT NULL,
  unit_strength INTEGER NOT NULL,
  unit_distance INTEGER NOT NULL,
  further       INTEGER NOT NULL,
  member_match  INTEGER NOT NULL,
  member_rural  INTEGER NOT NULL,
  member_young  INTEGER NOT NULL,
  leader_grade  INTEGER NOT NULL,
  PRIMARY KEY (county, plan, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX team_id ON team (plan, id);
-- holds all that lists sort by and figures add up, so that neither touches the table
CREATE INDEX team_list ON team (plan, county, id, unit, leader, category, villages, size, score, unit_fit, member_fits);

CREATE TABLE team_village (
  county   TEXT NOT NULL CHECK (county = substr(code, 1, 6) || '000000'),
  plan     TEXT NOT NULL,
  team     TEXT NOT NULL,
  place    INTEGER NOT NULL, -- 0 is the first village
  code     TEXT NOT NULL,
  category TEXT NOT NULL,
  fit      INTEGER NOT NULL CHECK (fit BETWEEN 0 AND 100),
  PRIMARY KEY (county, plan, team, place),
  UNIQUE (county, plan, code),
  FOREIGN KEY (county, plan, team) REFERENCES team (county, plan, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX team_village_place ON team_village (plan, code, category, team, fit);

CREATE TABLE team_member (
  county TEXT NOT NULL,
  plan   TEXT NOT NULL,
  team   TEXT NOT NULL,
  place  INTEGER NOT NULL, -- 0 is the leader
  cadre  TEXT NOT NULL REFERENCES cadre (id),
  role   TEXT NOT NULL CHECK (role IN ('leader', 'member')),
  fit    INTEGER NOT NULL CHECK (fit BETWEEN 0 AND 100),
  PRIMARY KEY (county, plan, team, place),
  UNIQUE (county, plan, cadre),
  FOREIGN KEY (county, plan, team) REFERENCES team (county, plan, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE unserved (
  county   TEXT NOT NULL CHECK (county = substr(village, 1, 6) || '000000'),
  plan     TEXT NOT NULL REFERENCES plan (id),
  village  TEXT NOT NULL,
  category TEXT NOT NULL,
  reason   TEXT NOT NULL,
  params   TEXT NOT NULL, -- JSON object of numbers
  PRIMARY KEY (county, plan, village)
) STRICT, WITHOUT ROWID;
CREATE INDEX unserved_place ON unserved (plan, village);
