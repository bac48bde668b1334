-- The changes of status that runs have made, each stored in the transaction of the change. Moments are UTC text with six
-- fraction digits.
CREATE TABLE run_moves (
    run_id       TEXT    NOT NULL REFERENCES runs (run_id) ON DELETE CASCADE,
    ordinal      INTEGER NOT NULL CHECK (ordinal >= 1),
    attempt      INTEGER NOT NULL CHECK (attempt >= 1),
    from_status  TEXT    NOT NULL,
    event        TEXT    NOT NULL,
    to_status    TEXT    NOT NULL,
    failure_code TEXT,
    moved_at     TEXT    NOT NULL,
    PRIMARY KEY (run_id, ordinal)
) WITHOUT ROWID;

-- What works now has been taken from the queue, whenever that was.
INSERT INTO run_moves (run_id, ordinal, attempt, from_status, event, to_status, moved_at)
SELECT run_id, 1, max(attempt, 1), 'queued', 'TURN_STARTED', 'running', updated_at FROM runs WHERE status = 'running';
