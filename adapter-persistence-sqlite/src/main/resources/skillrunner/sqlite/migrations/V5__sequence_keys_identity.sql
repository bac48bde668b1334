-- Requests and installations get a sequence of their own: lists are ordered by it whatever the clock says, it is never used
-- twice, and it tells how far this file had come.

CREATE TABLE requests_in_sequence (
    seq               INTEGER PRIMARY KEY AUTOINCREMENT,
    request_id        TEXT    NOT NULL UNIQUE,
    kind              TEXT    NOT NULL DEFAULT 'job' CHECK (kind IN ('job', 'temp')),
    skill_id          TEXT    NOT NULL,
    engine            TEXT    NOT NULL,
    model             TEXT,
    model_effort      TEXT,
    input             TEXT    NOT NULL,
    parameter         TEXT    NOT NULL,
    runtime_options   TEXT    NOT NULL,
    skill_fingerprint TEXT,
    cache_key         TEXT,
    run_id            TEXT REFERENCES runs (run_id),
    cache_hit         INTEGER NOT NULL DEFAULT 0 CHECK (cache_hit IN (0, 1)),
    created_at        TEXT    NOT NULL
);
INSERT INTO requests_in_sequence (request_id, kind, skill_id, engine, model, model_effort, input, parameter,
                                  runtime_options, skill_fingerprint, cache_key, run_id, cache_hit, created_at)
SELECT request_id, kind, skill_id, engine, model, model_effort, input, parameter,
       runtime_options, skill_fingerprint, cache_key, run_id, cache_hit, created_at
  FROM requests ORDER BY rowid;
DROP TABLE requests;
ALTER TABLE requests_in_sequence RENAME TO requests;
CREATE INDEX requests_by_run ON requests (run_id) WHERE run_id IS NOT NULL;

CREATE TABLE installs_in_sequence (
    seq        INTEGER PRIMARY KEY AUTOINCREMENT,
    request_id TEXT NOT NULL UNIQUE,
    status     TEXT NOT NULL CHECK (status IN ('queued', 'running', 'succeeded', 'failed')),
    skill_id   TEXT,
    version    TEXT,
    action     TEXT CHECK (action IN ('install', 'update')),
    error      TEXT,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
);
INSERT INTO installs_in_sequence (request_id, status, skill_id, version, action, error, created_at, updated_at)
SELECT request_id, status, skill_id, version, action, error, created_at, updated_at FROM skill_installs ORDER BY rowid;
DROP TABLE skill_installs;
ALTER TABLE installs_in_sequence RENAME TO skill_installs;
CREATE INDEX open_skill_installs ON skill_installs (status) WHERE status IN ('queued', 'running');

-- What a client was told under its key. Goes with the request.
CREATE TABLE idempotency_keys (
    idempotency_key TEXT    NOT NULL PRIMARY KEY,
    question        TEXT    NOT NULL,
    request_id      TEXT    NOT NULL UNIQUE REFERENCES requests (request_id) ON DELETE CASCADE,
    cache_hit       INTEGER NOT NULL CHECK (cache_hit IN (0, 1)),
    status          TEXT,
    warnings        TEXT    NOT NULL
) WITHOUT ROWID;

-- Which file this is, and how often a server has begun to use it.
CREATE TABLE store_identity (
    only_row INTEGER NOT NULL PRIMARY KEY CHECK (only_row = 1),
    id       TEXT    NOT NULL,
    starts   INTEGER NOT NULL DEFAULT 0
);
INSERT INTO store_identity (only_row, id) VALUES (1, lower(hex(randomblob(16))));
