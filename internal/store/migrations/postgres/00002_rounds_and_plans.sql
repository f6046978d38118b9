-- Rounds with what a plan is made from, and plans with their teams. Field tables carry the county code first in their
-- primary key, so that one county's rows lie together, in a shard as in a file.
-- +goose Up
CREATE TABLE round (
  id           text COLLATE "C" PRIMARY KEY CHECK (id <> ''),
  name         text COLLATE "C" NOT NULL,
  from_year    bigint NOT NULL,
  to_year      bigint NOT NULL CHECK (to_year >= from_year),
  status       text COLLATE "C" NOT NULL CHECK (status IN ('planning', 'in_force', 'ended')),
  headcount    bigint NOT NULL CHECK (headcount >= 0),
  specialities jsonb NOT NULL, -- JSON array
  policy       text COLLATE "C" NOT NULL REFERENCES policy_version (id),
  plan         text COLLATE "C"
);

CREATE TABLE round_village (
  county     text COLLATE "C" NOT NULL CHECK (county = substr(code, 1, 6) || '000000'),
  round      text COLLATE "C" NOT NULL REFERENCES round (id),
  code       text COLLATE "C" NOT NULL CHECK (length(code) = 12),
  name       text COLLATE "C" NOT NULL CHECK (name <> ''),
  initials   text COLLATE "C" NOT NULL,
  pinyin     text COLLATE "C" NOT NULL,
  category   text COLLATE "C" NOT NULL CHECK (category IN ('key', 'weak', 'demonstration', 'consolidated')),
  x          bigint NOT NULL,
  y          bigint NOT NULL,
  difficulty bigint NOT NULL CHECK (difficulty BETWEEN 0 AND 100),
  needs      jsonb NOT NULL, -- JSON array, in the order of the round's specialities
  prior_unit text COLLATE "C" NOT NULL, -- or empty; the unit may be gone by now
  neighbours jsonb NOT NULL, -- JSON array of codes
  PRIMARY KEY (county, round, code)
);
CREATE INDEX round_village_place ON round_village (round, code, category);
CREATE INDEX round_village_name ON round_village (round, name, code);
CREATE INDEX round_village_initials ON round_village (round, initials, code);
CREATE INDEX round_village_pinyin ON round_village (round, pinyin, code);

CREATE TABLE round_unit (
  round     text COLLATE "C" NOT NULL REFERENCES round (id),
  unit      text COLLATE "C" NOT NULL REFERENCES unit (id),
  region    text COLLATE "C" NOT NULL,
  lead_unit text COLLATE "C" REFERENCES unit (id),
  strength  bigint NOT NULL CHECK (strength BETWEEN 0 AND 100),
  x         bigint NOT NULL,
  y         bigint NOT NULL,
  skills    jsonb NOT NULL,
  min_teams bigint NOT NULL CHECK (min_teams >= 0),
  max_teams bigint NOT NULL CHECK (max_teams >= 0),
  PRIMARY KEY (round, unit)
);

CREATE TABLE round_candidate (
  round       text COLLATE "C" NOT NULL REFERENCES round (id),
  cadre       text COLLATE "C" NOT NULL REFERENCES cadre (id),
  grade       bigint NOT NULL,
  mid_level   boolean NOT NULL,
  fit         boolean NOT NULL,
  young_pool  boolean NOT NULL,
  rural_years bigint NOT NULL,
  terms       bigint NOT NULL,
  native      text COLLATE "C" NOT NULL,
  skills      jsonb NOT NULL,
  PRIMARY KEY (round, cadre)
);

CREATE TABLE round_pin (
  county  text COLLATE "C" NOT NULL CHECK (county = substr(village, 1, 6) || '000000'),
  round   text COLLATE "C" NOT NULL,
  village text COLLATE "C" NOT NULL,
  kind    text COLLATE "C" NOT NULL CHECK (kind IN ('unit', 'cadre', 'not_unit', 'not_cadre')),
  subject text COLLATE "C" NOT NULL,
  PRIMARY KEY (county, round, village, kind, subject),
  FOREIGN KEY (county, round, village) REFERENCES round_village (county, round, code)
);
CREATE INDEX round_pin_round ON round_pin (round, village, kind, subject);

CREATE TABLE plan (
  id             text COLLATE "C" PRIMARY KEY CHECK (id <> ''),
  round          text COLLATE "C" NOT NULL REFERENCES round (id),
  name           text COLLATE "C" NOT NULL,
  origin         text COLLATE "C" NOT NULL CHECK (origin IN ('recorded', 'solved')),
  policy         text COLLATE "C" NOT NULL REFERENCES policy_version (id),
  status         text COLLATE "C" NOT NULL,
  score          bigint NOT NULL,
  bound          bigint NOT NULL,
  tight_bound    bigint NOT NULL, -- 0 for none
  teams          bigint NOT NULL,
  members        bigint NOT NULL,
  unserved       bigint NOT NULL,
  seconds        double precision NOT NULL,
  problem_digest text COLLATE "C" NOT NULL,
  created_by     text COLLATE "C" NOT NULL,
  created_at     timestamptz NOT NULL,
  UNIQUE (round, id)
);

-- deferred, because a round and its plan name each other
ALTER TABLE round ADD FOREIGN KEY (id, plan) REFERENCES plan (round, id) DEFERRABLE INITIALLY DEFERRED;

CREATE TABLE plan_archive (
  plan        text COLLATE "C" PRIMARY KEY REFERENCES plan (id),
  problem     bytea,
  certificate bytea
);

CREATE TABLE team (
  county        text COLLATE "C" NOT NULL CHECK (county LIKE '______000000'),
  plan          text COLLATE "C" NOT NULL REFERENCES plan (id),
  id            text COLLATE "C" NOT NULL CHECK (id <> ''),
  unit          text COLLATE "C" NOT NULL REFERENCES unit (id),
  leader        text COLLATE "C" NOT NULL REFERENCES cadre (id),
  category      text COLLATE "C" NOT NULL CHECK (category IN ('key', 'weak', 'demonstration', 'consolidated')), -- of the first village
  villages      bigint NOT NULL,
  size          bigint NOT NULL,
  score         bigint NOT NULL,
  unit_fit      bigint NOT NULL, -- 0..100, to the first village
  member_fits   bigint NOT NULL, -- sum over the members of 0..100
  unit_match    bigint NOT NULL, -- from here on points, part by part
  unit_prior    bigint NOT NULL,
  unit_strength bigint NOT NULL,
  unit_distance bigint NOT NULL,
  further       bigint NOT NULL,
  member_match  bigint NOT NULL,
  member_rural  bigint NOT NULL,
  member_young  bigint NOT NULL,
  leader_grade  bigint NOT NULL,
  PRIMARY KEY (county, plan, id)
);
CREATE INDEX team_id ON team (plan, id);
-- holds all that lists sort by and figures add up, so that neither touches the table
CREATE INDEX team_list ON team (plan, county, id, unit, leader, category, villages, size, score, unit_fit, member_fits);

CREATE TABLE team_village (
  county   text COLLATE "C" NOT NULL CHECK (county = substr(code, 1, 6) || '000000'),
  plan     text COLLATE "C" NOT NULL,
  team     text COLLATE "C" NOT NULL,
  place    bigint NOT NULL, -- 0 is the first village
  code     text COLLATE "C" NOT NULL,
  category text COLLATE "C" NOT NULL,
  fit      bigint NOT NULL CHECK (fit BETWEEN 0 AND 100),
  PRIMARY KEY (county, plan, team, place),
  UNIQUE (county, plan, code),
  FOREIGN KEY (county, plan, team) REFERENCES team (county, plan, id)
);
CREATE INDEX team_village_place ON team_village (plan, code, category, team, fit);

CREATE TABLE team_member (
  county text COLLATE "C" NOT NULL,
  plan   text COLLATE "C" NOT NULL,
  team   text COLLATE "C" NOT NULL,
  place  bigint NOT NULL, -- 0 is the leader
  cadre  text COLLATE "C" NOT NULL REFERENCES cadre (id),
  role   text COLLATE "C" NOT NULL CHECK (role IN ('leader', 'member')),
  fit    bigint NOT NULL CHECK (fit BETWEEN 0 AND 100),
  PRIMARY KEY (county, plan, team, place),
  UNIQUE (county, plan, cadre),
  FOREIGN KEY (county, plan, team) REFERENCES team (county, plan, id)
);

CREATE TABLE unserved (
  county   text COLLATE "C" NOT NULL CHECK (county = substr(village, 1, 6) || '000000'),
  plan     text COLLATE "C" NOT NULL REFERENCES plan (id),
  village  text COLLATE "C" NOT NULL,
  category text COLLATE "C" NOT NULL,
  reason   text COLLATE "C" NOT NULL,
  params   jsonb NOT NULL, -- JSON object of numbers
  PRIMARY KEY (county, plan, village)
);
CREATE INDEX unserved_place ON unserved (plan, village);
