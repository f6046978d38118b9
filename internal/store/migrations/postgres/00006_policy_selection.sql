-- Policy objects, and the first gate: nominations, checks, clearances, publication.
-- Days are YYYY-MM-DD, [from, to). Nominations belong to the registry's side and are seen by the code of the unit's home;
-- need lists are field data and carry the county first.
-- +goose Up
CREATE TABLE policy_object (
  id          text COLLATE "C" PRIMARY KEY CHECK (id <> ''),
  region      text COLLATE "C" NOT NULL CHECK (length(region) = 12),
  name        text COLLATE "C" NOT NULL CHECK (name <> ''),
  status      text COLLATE "C" NOT NULL CHECK (status IN ('draft', 'in_force', 'replaced')),
  version     bigint NOT NULL CHECK (version > 0),
  valid_from  text COLLATE "C" NOT NULL,
  valid_to    text COLLATE "C" NOT NULL, -- or empty
  source      jsonb NOT NULL, -- JSON object
  "values"    jsonb NOT NULL, -- JSON object
  shares      jsonb NOT NULL, -- JSON array
  replaces    text COLLATE "C" NOT NULL,
  sample      text COLLATE "C" NOT NULL,
  created_by  text COLLATE "C" NOT NULL,
  enforced_by text COLLATE "C" NOT NULL,
  created_at  timestamptz NOT NULL,
  enforced_at timestamptz NOT NULL
);
CREATE INDEX policy_object_region ON policy_object (region, valid_from);
-- one object binds a division at a time
CREATE UNIQUE INDEX policy_object_in_force ON policy_object (region, valid_from) WHERE status <> 'draft';

CREATE TABLE selection (
  round      text COLLATE "C" PRIMARY KEY REFERENCES round (id),
  region     text COLLATE "C" NOT NULL CHECK (length(region) = 12),
  policy     text COLLATE "C" NOT NULL REFERENCES policy_version (id),
  day        text COLLATE "C" NOT NULL CHECK (length(day) = 10),
  status     text COLLATE "C" NOT NULL CHECK (status IN ('open', 'locked')),
  calendar   jsonb NOT NULL, -- JSON object
  posts      bigint NOT NULL CHECK (posts >= 0),
  preferred  jsonb NOT NULL, -- JSON array of specialities
  version    bigint NOT NULL CHECK (version > 0),
  list_hash  text COLLATE "C" NOT NULL,
  created_by text COLLATE "C" NOT NULL,
  locked_by  text COLLATE "C" NOT NULL,
  created_at timestamptz NOT NULL,
  locked_at  timestamptz NOT NULL
);

CREATE TABLE need_list (
  county      text COLLATE "C" NOT NULL CHECK (county = substr(village, 1, 6) || '000000'),
  round       text COLLATE "C" NOT NULL,
  village     text COLLATE "C" NOT NULL,
  status      text COLLATE "C" NOT NULL CHECK (status IN ('draft', 'submitted', 'returned', 'accepted')),
  items       jsonb NOT NULL, -- JSON array
  note        text COLLATE "C" NOT NULL,
  review_note text COLLATE "C" NOT NULL,
  version     bigint NOT NULL CHECK (version > 0),
  written_by  text COLLATE "C" NOT NULL,
  reviewed_by text COLLATE "C" NOT NULL,
  written_at  timestamptz NOT NULL,
  reviewed_at timestamptz NOT NULL,
  PRIMARY KEY (county, round, village),
  FOREIGN KEY (county, round, village) REFERENCES round_village (county, round, code)
);
CREATE INDEX need_list_round ON need_list (round, village);

CREATE TABLE selection_quota (
  round   text COLLATE "C" NOT NULL REFERENCES selection (round),
  unit    text COLLATE "C" NOT NULL REFERENCES unit (id),
  places  bigint NOT NULL CHECK (places >= 0),
  min_teams bigint NOT NULL CHECK (min_teams >= 0),
  max_teams bigint NOT NULL CHECK (max_teams >= min_teams),
  version bigint NOT NULL CHECK (version > 0),
  PRIMARY KEY (round, unit)
);

CREATE TABLE nomination (
  round         text COLLATE "C" NOT NULL REFERENCES selection (round),
  cadre         text COLLATE "C" NOT NULL REFERENCES cadre (id),
  unit          text COLLATE "C" NOT NULL REFERENCES unit (id),
  home          text COLLATE "C" NOT NULL CHECK (length(home) = 12),
  name          text COLLATE "C" NOT NULL,
  leader        boolean NOT NULL,
  reason        text COLLATE "C" NOT NULL,
  facts         jsonb NOT NULL, -- JSON object
  checks        jsonb NOT NULL, -- JSON array
  outcome       text COLLATE "C" NOT NULL CHECK (outcome IN ('open', 'chosen', 'reserve', 'not_chosen', 'withdrawn')),
  outcome_why   text COLLATE "C" NOT NULL,
  reserve_place bigint NOT NULL CHECK (reserve_place >= 0),
  version       bigint NOT NULL CHECK (version > 0),
  nominated_by  text COLLATE "C" NOT NULL,
  checked_by    text COLLATE "C" NOT NULL,
  decided_by    text COLLATE "C" NOT NULL,
  nominated_at  timestamptz NOT NULL,
  checked_at    timestamptz NOT NULL,
  decided_at    timestamptz NOT NULL,
  PRIMARY KEY (round, cadre)
);
CREATE INDEX nomination_home ON nomination (round, home, cadre);
CREATE INDEX nomination_unit ON nomination (round, unit, cadre);

CREATE TABLE judgement (
  round  text COLLATE "C" NOT NULL,
  cadre  text COLLATE "C" NOT NULL,
  rule   text COLLATE "C" NOT NULL CHECK (rule <> ''),
  pass   boolean NOT NULL,
  reason text COLLATE "C" NOT NULL CHECK (reason <> ''),
  "by"   text COLLATE "C" NOT NULL,
  at     timestamptz NOT NULL,
  PRIMARY KEY (round, cadre, rule),
  FOREIGN KEY (round, cadre) REFERENCES nomination (round, cadre)
);

CREATE TABLE clearance (
  round       text COLLATE "C" NOT NULL,
  cadre       text COLLATE "C" NOT NULL,
  body        text COLLATE "C" NOT NULL CHECK (body <> ''),
  outcome     text COLLATE "C" NOT NULL CHECK (outcome IN ('pending', 'clear', 'objects')),
  file_number text COLLATE "C" NOT NULL,
  note        text COLLATE "C" NOT NULL,
  version     bigint NOT NULL CHECK (version > 0),
  "by"        text COLLATE "C" NOT NULL,
  at          timestamptz NOT NULL,
  PRIMARY KEY (round, cadre, body),
  FOREIGN KEY (round, cadre) REFERENCES nomination (round, cadre)
);

CREATE TABLE interview (
  id           text COLLATE "C" PRIMARY KEY CHECK (id <> ''),
  round        text COLLATE "C" NOT NULL,
  cadre        text COLLATE "C" NOT NULL,
  day          text COLLATE "C" NOT NULL,
  interviewers text COLLATE "C" NOT NULL,
  note         text COLLATE "C" NOT NULL,
  score        bigint NOT NULL CHECK (score BETWEEN -1 AND 100),
  "by"         text COLLATE "C" NOT NULL,
  at           timestamptz NOT NULL,
  FOREIGN KEY (round, cadre) REFERENCES nomination (round, cadre)
);
CREATE INDEX interview_nominee ON interview (round, cadre, day, id);

CREATE TABLE publicity (
  round     text COLLATE "C" NOT NULL REFERENCES selection (round),
  number    bigint NOT NULL CHECK (number > 0),
  "from"    text COLLATE "C" NOT NULL,
  "to"      text COLLATE "C" NOT NULL CHECK ("to" > "from"),
  cadres    jsonb NOT NULL, -- JSON array
  list_hash text COLLATE "C" NOT NULL,
  "by"      text COLLATE "C" NOT NULL,
  at        timestamptz NOT NULL,
  PRIMARY KEY (round, number)
);

CREATE TABLE objection (
  id          text COLLATE "C" PRIMARY KEY CHECK (id <> ''),
  round       text COLLATE "C" NOT NULL,
  cadre       text COLLATE "C" NOT NULL,
  day         text COLLATE "C" NOT NULL,
  "from"      text COLLATE "C" NOT NULL,
  text        text COLLATE "C" NOT NULL CHECK (text <> ''),
  status      text COLLATE "C" NOT NULL CHECK (status IN ('open', 'upheld', 'dismissed')),
  decision    text COLLATE "C" NOT NULL,
  version     bigint NOT NULL CHECK (version > 0),
  recorded_by text COLLATE "C" NOT NULL,
  decided_by  text COLLATE "C" NOT NULL,
  recorded_at timestamptz NOT NULL,
  decided_at  timestamptz NOT NULL,
  FOREIGN KEY (round, cadre) REFERENCES nomination (round, cadre)
);
CREATE INDEX objection_nominee ON objection (round, cadre, day, id);

CREATE TABLE relation (
  cadre       text COLLATE "C" NOT NULL REFERENCES cadre (id),
  relative    text COLLATE "C" NOT NULL REFERENCES cadre (id) CHECK (relative > cadre), -- each pair once
  kind        text COLLATE "C" NOT NULL CHECK (kind <> ''),
  declared_by text COLLATE "C" NOT NULL,
  declared_at timestamptz NOT NULL,
  PRIMARY KEY (cadre, relative)
);
CREATE INDEX relation_back ON relation (relative);

CREATE TABLE account_link (
  account text COLLATE "C" PRIMARY KEY REFERENCES account (id),
  cadre   text COLLATE "C" NOT NULL REFERENCES cadre (id)
);
