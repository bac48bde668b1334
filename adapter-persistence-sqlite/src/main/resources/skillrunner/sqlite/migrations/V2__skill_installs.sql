-- Uploaded skill packages. Rows are never deleted. Moments are UTC text with six fraction digits.

CREATE TABLE skill_installs (
    request_id TEXT PRIMARY KEY,
    status     TEXT NOT NULL CHECK (status IN ('queued', 'running', 'succeeded', 'failed')),
    skill_id   TEXT,
    version    TEXT,
    action     TEXT CHECK (action IN ('install', 'update')),
    error      TEXT,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
);

CREATE INDEX open_skill_installs ON skill_installs (status) WHERE status IN ('queued', 'running');
