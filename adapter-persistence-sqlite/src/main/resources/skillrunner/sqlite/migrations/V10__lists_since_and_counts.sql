-- The latest moment at which any request up to this one came. It grows with the sequence, whatever the clock did, so where the
-- requests since a moment begin is found in one step.
ALTER TABLE requests ADD COLUMN newest_at TEXT;
UPDATE requests SET newest_at = reached.newest_at
  FROM (SELECT seq, max(created_at) OVER (ORDER BY seq) AS newest_at FROM requests) AS reached
 WHERE requests.seq = reached.seq;

CREATE TRIGGER requests_carry_newest AFTER INSERT ON requests
BEGIN
    UPDATE requests
       SET newest_at = max(NEW.created_at,
                           coalesce((SELECT earlier.newest_at FROM requests earlier
                                      WHERE earlier.seq < NEW.seq ORDER BY earlier.seq DESC LIMIT 1), ''))
     WHERE seq = NEW.seq;
END;

DROP INDEX requests_by_age;
CREATE INDEX requests_by_newest ON requests (newest_at, seq);

-- Both chosen together, so that a page costs no more when the skill has many runs on other engines.
CREATE INDEX requests_by_skill_and_engine ON requests (skill_id, engine, run_status, seq) WHERE removing_at IS NULL;

-- How many runs are in each status, but for those that are being removed. Counted when they move, not when somebody asks.
CREATE TABLE run_counts (
    status TEXT    NOT NULL PRIMARY KEY,
    runs   INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO run_counts (status, runs) SELECT status, count(*) FROM runs WHERE removing_at IS NULL GROUP BY status;

CREATE TRIGGER run_counts_gain_new AFTER INSERT ON runs WHEN NEW.removing_at IS NULL
BEGIN
    INSERT INTO run_counts (status, runs) VALUES (NEW.status, 1) ON CONFLICT (status) DO UPDATE SET runs = runs + 1;
END;

CREATE TRIGGER run_counts_follow AFTER UPDATE OF status, removing_at ON runs
WHEN NEW.status <> OLD.status OR (NEW.removing_at IS NULL) <> (OLD.removing_at IS NULL)
BEGIN
    UPDATE run_counts SET runs = runs - 1 WHERE status = OLD.status AND OLD.removing_at IS NULL;
    INSERT INTO run_counts (status, runs) SELECT NEW.status, 1 WHERE NEW.removing_at IS NULL
        ON CONFLICT (status) DO UPDATE SET runs = runs + 1;
END;

CREATE TRIGGER run_counts_lose_old AFTER DELETE ON runs WHEN OLD.removing_at IS NULL
BEGIN
    UPDATE run_counts SET runs = runs - 1 WHERE status = OLD.status;
END;
