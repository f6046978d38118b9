-- What the registry keeps of units, cadres and villages, by the registry's catalogue; change sets with what was before and
-- after, so that every change can be undone; saved views; changes of divisions. Dates are texts YYYY-MM-DD, empty for none;
-- a number that nobody gave is null. What is secret is sealed, with a mask to show and a blind index to find it by.
-- +goose Up
ALTER TABLE account ADD COLUMN unit TEXT NOT NULL DEFAULT '';
ALTER TABLE unit ADD COLUMN joins TEXT NOT NULL DEFAULT '';
ALTER TABLE unit ADD COLUMN uscc TEXT NOT NULL DEFAULT '';
ALTER TABLE unit ADD COLUMN valid_from TEXT NOT NULL DEFAULT '';
ALTER TABLE unit ADD COLUMN valid_to TEXT NOT NULL DEFAULT '';
ALTER TABLE unit ADD COLUMN strength INTEGER;
ALTER TABLE unit ADD COLUMN skill_party INTEGER;
ALTER TABLE unit ADD COLUMN skill_farming INTEGER;
ALTER TABLE unit ADD COLUMN skill_industry INTEGER;
ALTER TABLE unit ADD COLUMN skill_tourism INTEGER;
ALTER TABLE unit ADD COLUMN skill_health INTEGER;
ALTER TABLE unit ADD COLUMN skill_education INTEGER;
ALTER TABLE unit ADD COLUMN skill_infrastructure INTEGER;
ALTER TABLE unit ADD COLUMN skill_governance INTEGER;
ALTER TABLE unit ADD COLUMN skill_ecology INTEGER;
ALTER TABLE unit ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
CREATE INDEX unit_home ON unit (home);
ALTER TABLE cadre ADD COLUMN birth_date TEXT NOT NULL DEFAULT '';
ALTER TABLE cadre ADD COLUMN id_number TEXT NOT NULL DEFAULT '';
ALTER TABLE cadre ADD COLUMN id_number_mask TEXT NOT NULL DEFAULT '';
ALTER TABLE cadre ADD COLUMN id_number_blind TEXT NOT NULL DEFAULT '';
ALTER TABLE cadre ADD COLUMN phone TEXT NOT NULL DEFAULT '';
ALTER TABLE cadre ADD COLUMN phone_mask TEXT NOT NULL DEFAULT '';
ALTER TABLE cadre ADD COLUMN phone_blind TEXT NOT NULL DEFAULT '';
ALTER TABLE cadre ADD COLUMN ethnicity TEXT NOT NULL DEFAULT '';
ALTER TABLE cadre ADD COLUMN politics_code TEXT NOT NULL DEFAULT '';
ALTER TABLE cadre ADD COLUMN party_date TEXT NOT NULL DEFAULT '';
ALTER TABLE cadre ADD COLUMN native TEXT NOT NULL DEFAULT '';
ALTER TABLE cadre ADD COLUMN education TEXT NOT NULL DEFAULT '';
ALTER TABLE cadre ADD COLUMN degree TEXT NOT NULL DEFAULT '';
ALTER TABLE cadre ADD COLUMN work_date TEXT NOT NULL DEFAULT '';
ALTER TABLE cadre ADD COLUMN ladder TEXT NOT NULL DEFAULT '';
ALTER TABLE cadre ADD COLUMN position_rank TEXT NOT NULL DEFAULT '';
ALTER TABLE cadre ADD COLUMN grade_rank TEXT NOT NULL DEFAULT '';
ALTER TABLE cadre ADD COLUMN health TEXT NOT NULL DEFAULT '';
ALTER TABLE cadre ADD COLUMN valid_from TEXT NOT NULL DEFAULT '';
ALTER TABLE cadre ADD COLUMN valid_to TEXT NOT NULL DEFAULT '';
ALTER TABLE cadre ADD COLUMN grade INTEGER NOT NULL DEFAULT 1;
ALTER TABLE cadre ADD COLUMN mid_level INTEGER;
ALTER TABLE cadre ADD COLUMN young_pool INTEGER;
ALTER TABLE cadre ADD COLUMN rural_years INTEGER;
ALTER TABLE cadre ADD COLUMN terms INTEGER;
ALTER TABLE cadre ADD COLUMN skill_party INTEGER;
ALTER TABLE cadre ADD COLUMN skill_farming INTEGER;
ALTER TABLE cadre ADD COLUMN skill_industry INTEGER;
ALTER TABLE cadre ADD COLUMN skill_tourism INTEGER;
ALTER TABLE cadre ADD COLUMN skill_health INTEGER;
ALTER TABLE cadre ADD COLUMN skill_education INTEGER;
ALTER TABLE cadre ADD COLUMN skill_infrastructure INTEGER;
ALTER TABLE cadre ADD COLUMN skill_governance INTEGER;
ALTER TABLE cadre ADD COLUMN skill_ecology INTEGER;
ALTER TABLE cadre ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
CREATE INDEX cadre_id_number ON cadre (id_number_blind);
CREATE INDEX cadre_phone ON cadre (phone_blind);

CREATE TABLE village (
  code                 TEXT PRIMARY KEY CHECK (length(code) = 12),
  name                 TEXT NOT NULL, -- of its division, kept in step with it
  initials             TEXT NOT NULL,
  pinyin               TEXT NOT NULL,
  categories           TEXT NOT NULL, -- sorted, joined by semicolons
  difficulty           INTEGER,
  need_party           INTEGER,
  need_farming         INTEGER,
  need_industry        INTEGER,
  need_tourism         INTEGER,
  need_health          INTEGER,
  need_education       INTEGER,
  need_infrastructure  INTEGER,
  need_governance      INTEGER,
  need_ecology         INTEGER,
  households           INTEGER,
  population           INTEGER,
  poor_households      INTEGER,
  monitored_households INTEGER,
  collective_income    INTEGER, -- yuan a year
  party_members        INTEGER,
  neighbours           TEXT NOT NULL, -- codes, sorted, joined by semicolons
  lon                  TEXT NOT NULL, -- degrees as written, WGS-84
  lat                  TEXT NOT NULL,
  valid_from           TEXT NOT NULL,
  valid_to             TEXT NOT NULL,
  version              INTEGER NOT NULL DEFAULT 1
) STRICT, WITHOUT ROWID;

CREATE INDEX village_name ON village (name);
CREATE INDEX village_initials ON village (initials);
CREATE INDEX village_pinyin ON village (pinyin);

-- who served where before; written by ended rounds and imports, never by hand
CREATE TABLE past_posting (
  cadre      TEXT NOT NULL REFERENCES cadre (id),
  from_day   TEXT NOT NULL,
  village    TEXT NOT NULL,
  to_day     TEXT NOT NULL,
  unit       TEXT NOT NULL,
  role       TEXT NOT NULL CHECK (role IN ('leader', 'member')),
  PRIMARY KEY (cadre, from_day, village)
) STRICT, WITHOUT ROWID;
CREATE INDEX past_posting_village ON past_posting (village, from_day);

CREATE TABLE change_set (
  id      TEXT PRIMARY KEY CHECK (id <> ''),
  entity  TEXT NOT NULL,
  origin  TEXT NOT NULL CHECK (origin IN ('form', 'bulk', 'import', 'undo', 'load')),
  reason  TEXT NOT NULL,
  actor   TEXT NOT NULL,
  region  TEXT NOT NULL, -- the actor's own division
  at      TEXT NOT NULL,
  added   INTEGER NOT NULL,
  changed INTEGER NOT NULL,
  removed INTEGER NOT NULL,
  undoes  TEXT NOT NULL, -- the set that this one takes back, or empty
  undone  TEXT NOT NULL, -- the set that took this one back, or empty
  root    TEXT NOT NULL, -- the set at the beginning of the undos and redos; itself for one that is no undo
  live    INTEGER NOT NULL  -- 1 where the set is no undo and its changes hold
) STRICT, WITHOUT ROWID;
CREATE INDEX change_set_entity ON change_set (entity, at);

CREATE TABLE change_row (
  change_set   TEXT NOT NULL REFERENCES change_set (id),
  key          TEXT NOT NULL,
  version      INTEGER NOT NULL, -- that the record has after the change; 0: removed
  before_state TEXT NOT NULL, -- JSON object of columns; empty: the record is new
  after_state  TEXT NOT NULL, -- likewise; empty: the record was removed
  PRIMARY KEY (change_set, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX change_row_key ON change_row (key, version);

CREATE TABLE saved_view (
  id         TEXT PRIMARY KEY CHECK (id <> ''),
  account    TEXT NOT NULL REFERENCES account (id),
  entity     TEXT NOT NULL,
  name       TEXT NOT NULL CHECK (name <> ''),
  definition TEXT NOT NULL, -- JSON: search, filters, sort, columns
  UNIQUE (account, entity, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE region_change (
  seq    INTEGER PRIMARY KEY CHECK (seq > 0),
  kind   TEXT NOT NULL CHECK (kind IN ('rename', 'recode', 'merge', 'split')),
  day    TEXT NOT NULL,
  detail TEXT NOT NULL, -- JSON: what was asked for
  moves  TEXT NOT NULL, -- JSON object: old code to new code
  undo   TEXT NOT NULL, -- JSON: the rows that it touched, as they were
  actor  TEXT NOT NULL,
  at     TEXT NOT NULL,
  undone INTEGER NOT NULL
) STRICT;
