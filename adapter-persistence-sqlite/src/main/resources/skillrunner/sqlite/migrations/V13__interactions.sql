-- Questions of runs. A row is decided once: whoever finds it pending in its transaction wins.
CREATE TABLE run_interactions (
    run_id          TEXT    NOT NULL REFERENCES runs (run_id) ON DELETE CASCADE,
    number          INTEGER NOT NULL CHECK (number >= 1),
    attempt         INTEGER NOT NULL CHECK (attempt >= 1),
    question        TEXT    NOT NULL,
    status          TEXT    NOT NULL CHECK (status IN ('pending', 'answered', 'canceled', 'expired')),
    -- JSON; absent if the run ended without an answer, and for an answer that is null.
    response        TEXT,
    decided_by      TEXT,
    decided_at      TEXT,
    idempotency_key TEXT,
    created_at      TEXT    NOT NULL,
    deadline        TEXT,
    PRIMARY KEY (run_id, number),
    CHECK ((status = 'pending') = (decided_by IS NULL)),
    CHECK ((decided_by IS NULL) = (decided_at IS NULL))
) WITHOUT ROWID;

-- At most one question of a run waits.
CREATE UNIQUE INDEX run_interactions_pending ON run_interactions (run_id) WHERE status = 'pending';
CREATE INDEX run_interactions_deadline ON run_interactions (deadline) WHERE status = 'pending' AND deadline IS NOT NULL;

ALTER TABLE runs ADD COLUMN last_interaction INTEGER NOT NULL DEFAULT 0;
ALTER TABLE runs ADD COLUMN pending_interaction INTEGER;
ALTER TABLE runs ADD COLUMN interaction_count INTEGER NOT NULL DEFAULT 0;
ALTER TABLE runs ADD COLUMN auto_decision_count INTEGER NOT NULL DEFAULT 0;
ALTER TABLE runs ADD COLUMN last_auto_decision_at TEXT;

-- A run that is queued again stands behind every run that was queued before.
ALTER TABLE runs ADD COLUMN queued_behind INTEGER NOT NULL DEFAULT 0;
CREATE INDEX runs_queue ON runs (max(seq, queued_behind), queued_behind, seq) WHERE status = 'queued';

-- What takes the engine's conversation up again, and the last turn that may end with a question.
ALTER TABLE run_attempts ADD COLUMN session TEXT;
ALTER TABLE run_attempts ADD COLUMN max_attempt INTEGER;
