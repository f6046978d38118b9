-- Policy objects, and the first gate: nominations, checks, clearances, publication.
-- Days are YYYY-MM-DD, [from, to). Nominations belong to the registry's side and are seen by the code of the unit's home;
-- need lists are field data and carry the county first.
-- +goose Up
CREATE TABLE policy_object (
  id          TEXT PRIMARY KEY CHECK (id <> ''),
  region      TEXT NOT NULL CHECK (length(region) = 12),
  name        TEXT NOT NULL CHECK (name <> ''),
  status      TEXT NOT NULL CHECK (status IN ('draft', 'in_force', 'replaced')),
  version     INTEGER NOT NULL CHECK (version > 0),
  valid_from  TEXT NOT NULL,
  valid_to    TEXT NOT NULL, -- or empty
  source      TEXT NOT NULL, -- JSON object
  "values"    TEXT NOT NULL, -- JSON object
  shares      TEXT NOT NULL, -- JSON array
  replaces    TEXT NOT NULL,
  sample      TEXT NOT NULL,
  created_by  TEXT NOT NULL,
  enforced_by TEXT NOT NULL,
  created_at  TEXT NOT NULL,
  enforced_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX policy_object_region ON policy_object (region, valid_from);
-- one object binds a division at a time
CREATE UNIQUE INDEX policy_object_in_force ON policy_object (region, valid_from) WHERE status <> 'draft';

CREATE TABLE selection (
  round      TEXT PRIMARY KEY REFERENCES round (id),
  region     TEXT NOT NULL CHECK (length(region) = 12),
  policy     TEXT NOT NULL REFERENCES policy_version (id),
  day        TEXT NOT NULL CHECK (length(day) = 10),
  status     TEXT NOT NULL CHECK (status IN ('open', 'locked')),
  calendar   TEXT NOT NULL, -- JSON object
  posts      INTEGER NOT NULL CHECK (posts >= 0),
  preferred  TEXT NOT NULL, -- JSON array of specialities
  version    INTEGER NOT NULL CHECK (version > 0),
  list_hash  TEXT NOT NULL,
  created_by TEXT NOT NULL,
  locked_by  TEXT NOT NULL,
  created_at TEXT NOT NULL,
  locked_at  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE need_list (
  county      TEXT NOT NULL CHECK (county = substr(village, 1, 6) || '000000'),
  round       TEXT NOT NULL,
  village     TEXT NOT NULL,
  status      TEXT NOT NULL CHECK (status IN ('draft', 'submitted', 'returned', 'accepted')),
  items       TEXT NOT NULL, -- JSON array
  note        TEXT NOT NULL,
  review_note TEXT NOT NULL,
  version     INTEGER NOT NULL CHECK (version > 0),
  written_by  TEXT NOT NULL,
  reviewed_by TEXT NOT NULL,
  written_at  TEXT NOT NULL,
  reviewed_at TEXT NOT NULL,
  PRIMARY KEY (county, round, village),
  FOREIGN KEY (county, round, village) REFERENCES round_village (county, round, code)
) STRICT, WITHOUT ROWID;
CREATE INDEX need_list_round ON need_list (round, village);

CREATE TABLE selection_quota (
  round   TEXT NOT NULL REFERENCES selection (round),
  unit    TEXT NOT NULL REFERENCES unit (id),
  places  INTEGER NOT NULL CHECK (places >= 0),
  min_teams INTEGER NOT NULL CHECK (min_teams >= 0),
  max_teams INTEGER NOT NULL CHECK (max_teams >= min_teams),
  version INTEGER NOT NULL CHECK (version > 0),
  PRIMARY KEY (round, unit)
) STRICT, WITHOUT ROWID;

CREATE TABLE nomination (
  round         TEXT NOT NULL REFERENCES selection (round),
  cadre         TEXT NOT NULL REFERENCES cadre (id),
  unit          TEXT NOT NULL REFERENCES unit (id),
  home          TEXT NOT NULL CHECK (length(home) = 12),
  name          TEXT NOT NULL,
  leader        INTEGER NOT NULL,
  reason        TEXT NOT NULL,
  facts         TEXT NOT NULL, -- JSON object
  checks        TEXT NOT NULL, -- JSON array
  outcome       TEXT NOT NULL CHECK (outcome IN ('open', 'chosen', 'reserve', 'not_chosen', 'withdrawn')),
  outcome_why   TEXT NOT NULL,
  reserve_place INTEGER NOT NULL CHECK (reserve_place >= 0),
  version       INTEGER NOT NULL CHECK (version > 0),
  nominated_by  TEXT NOT NULL,
  checked_by    TEXT NOT NULL,
  decided_by    TEXT NOT NULL,
  nominated_at  TEXT NOT NULL,
  checked_at    TEXT NOT NULL,
  decided_at    TEXT NOT NULL,
  PRIMARY KEY (round, cadre)
) STRICT, WITHOUT ROWID;
CREATE INDEX nomination_home ON nomination (round, home, cadre);
CREATE INDEX nomination_unit ON nomination (round, unit, cadre);

CREATE TABLE judgement (
  round  TEXT NOT NULL,
  cadre  TEXT NOT NULL,
  rule   TEXT NOT NULL CHECK (rule <> ''),
  pass   INTEGER NOT NULL,
  reason TEXT NOT NULL CHECK (reason <> ''),
  "by"   TEXT NOT NULL,
  at     TEXT NOT NULL,
  PRIMARY KEY (round, cadre, rule),
  FOREIGN KEY (round, cadre) REFERENCES nomination (round, cadre)
) STRICT, WITHOUT ROWID;

CREATE TABLE clearance (
  round       TEXT NOT NULL,
  cadre       TEXT NOT NULL,
  body        TEXT NOT NULL CHECK (body <> ''),
  outcome     TEXT NOT NULL CHECK (outcome IN ('pending', 'clear', 'objects')),
  file_number TEXT NOT NULL,
  note        TEXT NOT NULL,
  version     INTEGER NOT NULL CHECK (version > 0),
  "by"        TEXT NOT NULL,
  at          TEXT NOT NULL,
  PRIMARY KEY (round, cadre, body),
  FOREIGN KEY (round, cadre) REFERENCES nomination (round, cadre)
) STRICT, WITHOUT ROWID;

CREATE TABLE interview (
  id           TEXT PRIMARY KEY CHECK (id <> ''),
  round        TEXT NOT NULL,
  cadre        TEXT NOT NULL,
  day          TEXT NOT NULL,
  interviewers TEXT NOT NULL,
  note         TEXT NOT NULL,
  score        INTEGER NOT NULL CHECK (score BETWEEN -1 AND 100),
  "by"         TEXT NOT NULL,
  at           TEXT NOT NULL,
  FOREIGN KEY (round, cadre) REFERENCES nomination (round, cadre)
) STRICT, WITHOUT ROWID;
CREATE INDEX interview_nominee ON interview (round, cadre, day, id);

CREATE TABLE publicity (
  round     TEXT NOT NULL REFERENCES selection (round),
  number    INTEGER NOT NULL CHECK (number > 0),
  "from"    TEXT NOT NULL,
  "to"      TEXT NOT NULL CHECK ("to" > "from"),
  cadres    TEXT NOT NULL, -- JSON array
  list_hash TEXT NOT NULL,
  "by"      TEXT NOT NULL,
  at        TEXT NOT NULL,
  PRIMARY KEY (round, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE objection (
  id          TEXT PRIMARY KEY CHECK (id <> ''),
  round       TEXT NOT NULL,
  cadre       TEXT NOT NULL,
  day         TEXT NOT NULL,
  "from"      TEXT NOT NULL,
  text        TEXT NOT NULL CHECK (text <> ''),
  status      TEXT NOT NULL CHECK (status IN ('open', 'upheld', 'dismissed')),
  decision    TEXT NOT NULL,
  version     INTEGER NOT NULL CHECK (version > 0),
  recorded_by TEXT NOT NULL,
  decided_by  TEXT NOT NULL,
  recorded_at TEXT NOT NULL,
  decided_at  TEXT NOT NULL,
  FOREIGN KEY (round, cadre) REFERENCES nomination (round, cadre)
) STRICT, WITHOUT ROWID;
CREATE INDEX objection_nominee ON objection (round, cadre, day, id);

CREATE TABLE relation (
  cadre       TEXT NOT NULL REFERENCES cadre (id),
  relative    TEXT NOT NULL REFERENCES cadre (id) CHECK (relative > cadre), -- each pair once
  kind        TEXT NOT NULL CHECK (kind <> ''),
  declared_by TEXT NOT NULL,
  declared_at TEXT NOT NULL,
  PRIMARY KEY (cadre, relative)
) STRICT, WITHOUT ROWID;
CREATE INDEX relation_back ON relation (relative);

CREATE TABLE account_link (
  account TEXT PRIMARY KEY REFERENCES account (id),
  cadre   TEXT NOT NULL REFERENCES cadre (id)
) STRICT, WITHOUT ROWID;
