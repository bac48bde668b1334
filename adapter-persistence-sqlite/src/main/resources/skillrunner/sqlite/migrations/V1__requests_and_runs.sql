-- Moments are UTC text with six fraction digits, so that text order is time order.

CREATE TABLE runs (
    seq              INTEGER PRIMARY KEY AUTOINCREMENT,
    run_id           TEXT    NOT NULL UNIQUE,
    request_id       TEXT    NOT NULL,
    skill_id         TEXT    NOT NULL,
    engine           TEXT    NOT NULL,
    status           TEXT    NOT NULL CHECK (status IN ('queued', 'running', 'waiting_user', 'succeeded', 'failed', 'canceled')),
    attempt          INTEGER NOT NULL DEFAULT 0,
    fence            INTEGER NOT NULL DEFAULT 0,
    owner_node       TEXT,
    cancel_requested INTEGER NOT NULL DEFAULT 0 CHECK (cancel_requested IN (0, 1)),
    error_code       TEXT,
    error_message    TEXT CHECK (length(error_message) <= 16384),
    error_stderr     TEXT CHECK (length(error_stderr) <= 65536),
    warnings         TEXT    NOT NULL DEFAULT '[]',
    recovery_state   TEXT    NOT NULL DEFAULT 'none' CHECK (recovery_state IN ('none', 'recovered_waiting', 'failed_reconciled')),
    recovered_at     TEXT,
    recovery_reason  TEXT,
    created_at       TEXT    NOT NULL,
    updated_at       TEXT    NOT NULL,
    CHECK ((status IN ('failed', 'canceled')) = (error_code IS NOT NULL))
);

-- The queue and the recovery look only at runs that have not ended.
CREATE INDEX runs_unfinished ON runs (status, seq) WHERE status IN ('queued', 'running', 'waiting_user');

CREATE TABLE requests (
    request_id        TEXT    NOT NULL PRIMARY KEY,
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

CREATE INDEX requests_by_run ON requests (run_id) WHERE run_id IS NOT NULL;
CREATE INDEX requests_by_age ON requests (created_at);

CREATE TABLE run_attempts (
    run_id               TEXT    NOT NULL REFERENCES runs (run_id) ON DELETE CASCADE,
    attempt              INTEGER NOT NULL CHECK (attempt >= 1),
    started_at           TEXT    NOT NULL,
    hard_deadline        TEXT    NOT NULL,
    hard_timeout_seconds INTEGER NOT NULL,
    output_schema        TEXT    NOT NULL,
    required_artifacts   TEXT    NOT NULL,
    stop_reason          TEXT,
    exit_code            INTEGER,
    stdout_bytes         INTEGER,
    stdout_sha256        TEXT,
    stderr_bytes         INTEGER,
    stderr_sha256        TEXT,
    ended_at             TEXT,
    PRIMARY KEY (run_id, attempt),
    CHECK ((ended_at IS NULL) = (stdout_sha256 IS NULL) AND (ended_at IS NULL) = (stderr_sha256 IS NULL))
) WITHOUT ROWID;

CREATE TABLE cache_entries (
    cache_key  TEXT NOT NULL PRIMARY KEY,
    run_id     TEXT NOT NULL REFERENCES runs (run_id) ON DELETE CASCADE,
    created_at TEXT NOT NULL
) WITHOUT ROWID;
