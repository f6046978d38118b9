-- What the registry keeps of units, cadres and villages, by the registry's catalogue; change sets with what was before and
-- after, so that every change can be undone; saved views; changes of divisions. Dates are texts YYYY-MM-DD, empty for none;
-- a number that nobody gave is null. What is secret is sealed, with a mask to show and a blind index to find it by.
-- +goose Up
ALTER TABLE account ADD COLUMN unit text COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE unit ADD COLUMN joins text COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE unit ADD COLUMN uscc text COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE unit ADD COLUMN valid_from text COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE unit ADD COLUMN valid_to text COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE unit ADD COLUMN strength bigint;
ALTER TABLE unit ADD COLUMN skill_party bigint;
ALTER TABLE unit ADD COLUMN skill_farming bigint;
ALTER TABLE unit ADD COLUMN skill_industry bigint;
ALTER TABLE unit ADD COLUMN skill_tourism bigint;
ALTER TABLE unit ADD COLUMN skill_health bigint;
ALTER TABLE unit ADD COLUMN skill_education bigint;
ALTER TABLE unit ADD COLUMN skill_infrastructure bigint;
ALTER TABLE unit ADD COLUMN skill_governance bigint;
ALTER TABLE unit ADD COLUMN skill_ecology bigint;
ALTER TABLE unit ADD COLUMN version bigint NOT NULL DEFAULT 1;
CREATE INDEX unit_home ON unit (home);
ALTER TABLE cadre ADD COLUMN birth_date text COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE cadre ADD COLUMN id_number text COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE cadre ADD COLUMN id_number_mask text COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE cadre ADD COLUMN id_number_blind text COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE cadre ADD COLUMN phone text COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE cadre ADD COLUMN phone_mask text COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE cadre ADD COLUMN phone_blind text COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE cadre ADD COLUMN ethnicity text COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE cadre ADD COLUMN politics_code text COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE cadre ADD COLUMN party_date text COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE cadre ADD COLUMN native text COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE cadre ADD COLUMN education text COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE cadre ADD COLUMN degree text COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE cadre ADD COLUMN work_date text COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE cadre ADD COLUMN ladder text COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE cadre ADD COLUMN position_rank text COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE cadre ADD COLUMN grade_rank text COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE cadre ADD COLUMN health text COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE cadre ADD COLUMN valid_from text COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE cadre ADD COLUMN valid_to text COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE cadre ADD COLUMN grade bigint NOT NULL DEFAULT 1;
ALTER TABLE cadre ADD COLUMN mid_level bigint;
ALTER TABLE cadre ADD COLUMN young_pool bigint;
ALTER TABLE cadre ADD COLUMN rural_years bigint;
ALTER TABLE cadre ADD COLUMN terms bigint;
ALTER TABLE cadre ADD COLUMN skill_party bigint;
ALTER TABLE cadre ADD COLUMN skill_farming bigint;
ALTER TABLE cadre ADD COLUMN skill_industry bigint;
ALTER TABLE cadre ADD COLUMN skill_tourism bigint;
ALTER TABLE cadre ADD COLUMN skill_health bigint;
ALTER TABLE cadre ADD COLUMN skill_education bigint;
ALTER TABLE cadre ADD COLUMN skill_infrastructure bigint;
ALTER TABLE cadre ADD COLUMN skill_governance bigint;
ALTER TABLE cadre ADD COLUMN skill_ecology bigint;
ALTER TABLE cadre ADD COLUMN version bigint NOT NULL DEFAULT 1;
CREATE INDEX cadre_id_number ON cadre (id_number_blind);
CREATE INDEX cadre_phone ON cadre (phone_blind);

CREATE TABLE village (
  code                 text COLLATE "C" PRIMARY KEY CHECK (length(code) = 12),
  name                 text COLLATE "C" NOT NULL, -- of its division, kept in step with it
  initials             text COLLATE "C" NOT NULL,
  pinyin               text COLLATE "C" NOT NULL,
  categories           text COLLATE "C" NOT NULL, -- sorted, joined by semicolons
  difficulty           bigint,
  need_party           bigint,
  need_farming         bigint,
  need_industry        bigint,
  need_tourism         bigint,
  need_health          bigint,
  need_education       bigint,
  need_infrastructure  bigint,
  need_governance      bigint,
  need_ecology         bigint,
  households           bigint,
  population           bigint,
  poor_households      bigint,
  monitored_households bigint,
  collective_income    bigint, -- yuan a year
  party_members        bigint,
  neighbours           text COLLATE "C" NOT NULL, -- codes, sorted, joined by semicolons
  lon                  text COLLATE "C" NOT NULL, -- degrees as written, WGS-84
  lat                  text COLLATE "C" NOT NULL,
  valid_from           text COLLATE "C" NOT NULL,
  valid_to             text COLLATE "C" NOT NULL,
  version              bigint NOT NULL DEFAULT 1
);

CREATE INDEX village_name ON village (name);
CREATE INDEX village_initials ON village (initials);
CREATE INDEX village_pinyin ON village (pinyin);

-- who served where before; written by ended rounds and imports, never by hand
CREATE TABLE past_posting (
  cadre      text COLLATE "C" NOT NULL REFERENCES cadre (id),
  from_day   text COLLATE "C" NOT NULL,
  village    text COLLATE "C" NOT NULL,
  to_day     text COLLATE "C" NOT NULL,
  unit       text COLLATE "C" NOT NULL,
  role       text COLLATE "C" NOT NULL CHECK (role IN ('leader', 'member')),
  PRIMARY KEY (cadre, from_day, village)
);
CREATE INDEX past_posting_village ON past_posting (village, from_day);

CREATE TABLE change_set (
  id      text COLLATE "C" PRIMARY KEY CHECK (id <> ''),
  entity  text COLLATE "C" NOT NULL,
  origin  text COLLATE "C" NOT NULL CHECK (origin IN ('form', 'bulk', 'import', 'undo', 'load')),
  reason  text COLLATE "C" NOT NULL,
  actor   text COLLATE "C" NOT NULL,
  region  text COLLATE "C" NOT NULL, -- the actor's own division
  at      timestamptz NOT NULL,
  added   bigint NOT NULL,
  changed bigint NOT NULL,
  removed bigint NOT NULL,
  undoes  text COLLATE "C" NOT NULL, -- the set that this one takes back, or empty
  undone  text COLLATE "C" NOT NULL, -- the set that took this one back, or empty
  root    text COLLATE "C" NOT NULL, -- the set at the beginning of the undos and redos; itself for one that is no undo
  live    bigint NOT NULL  -- 1 where the set is no undo and its changes hold
);
CREATE INDEX change_set_entity ON change_set (entity, at);

CREATE TABLE change_row (
  change_set   text COLLATE "C" NOT NULL REFERENCES change_set (id),
  key          text COLLATE "C" NOT NULL,
  version      bigint NOT NULL, -- that the record has after the change; 0: removed
  before_state text COLLATE "C" NOT NULL, -- JSON object of columns; empty: the record is new
  after_state  text COLLATE "C" NOT NULL, -- likewise; empty: the record was removed
  PRIMARY KEY (change_set, key)
);
CREATE INDEX change_row_key ON change_row (key, version);

CREATE TABLE saved_view (
  id         text COLLATE "C" PRIMARY KEY CHECK (id <> ''),
  account    text COLLATE "C" NOT NULL REFERENCES account (id),
  entity     text COLLATE "C" NOT NULL,
  name       text COLLATE "C" NOT NULL CHECK (name <> ''),
  definition text COLLATE "C" NOT NULL, -- JSON: search, filters, sort, columns
  UNIQUE (account, entity, name)
);

CREATE TABLE region_change (
  seq    bigint PRIMARY KEY CHECK (seq > 0),
  kind   text COLLATE "C" NOT NULL CHECK (kind IN ('rename', 'recode', 'merge', 'split')),
  day    text COLLATE "C" NOT NULL,
  detail text COLLATE "C" NOT NULL, -- JSON: what was asked for
  moves  text COLLATE "C" NOT NULL, -- JSON object: old code to new code
  undo   text COLLATE "C" NOT NULL, -- JSON: the rows that it touched, as they were
  actor  text COLLATE "C" NOT NULL,
  at     timestamptz NOT NULL,
  undone bigint NOT NULL
);
