-- Who may sign in, who is signed in, and what was decided.
-- +goose Up
CREATE TABLE account (
  id            text COLLATE "C" PRIMARY KEY CHECK (id <> ''),
  username      text COLLATE "C" NOT NULL UNIQUE CHECK (username <> ''),
  name          text COLLATE "C" NOT NULL,
  role          text COLLATE "C" NOT NULL,
  region        text COLLATE "C" NOT NULL,
  password_hash text COLLATE "C" NOT NULL,
  disabled      boolean NOT NULL,
  demo          boolean NOT NULL,
  created_at    timestamptz NOT NULL
);

CREATE TABLE session (
  token_hash text COLLATE "C" PRIMARY KEY, -- never the token itself
  data       bytea NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX session_expiry ON session (expires_at);

CREATE TABLE ledger (
  seq     bigint PRIMARY KEY CHECK (seq > 0),
  at      timestamptz NOT NULL,
  actor   text COLLATE "C" NOT NULL,
  action  text COLLATE "C" NOT NULL,
  subject text COLLATE "C" NOT NULL,
  region  text COLLATE "C" NOT NULL,
  policy  text COLLATE "C" NOT NULL,
  detail  text COLLATE "C" NOT NULL, -- JSON, kept byte for byte since the hash covers it
  prev    text COLLATE "C" NOT NULL UNIQUE, -- the chain never forks
  hash    text COLLATE "C" NOT NULL
);

-- +goose StatementBegin
CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$;
-- +goose StatementEnd
CREATE TRIGGER ledger_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger
FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
