-- Since when a run, or a request, is being removed. Its rows are invisible to everybody else from then on.
ALTER TABLE runs ADD COLUMN removing_at TEXT;
ALTER TABLE requests ADD COLUMN removing_at TEXT;
ALTER TABLE temp_requests ADD COLUMN removing_at TEXT;

-- What the folder of a run that has ended holds; unknown until somebody wants to know.
ALTER TABLE runs ADD COLUMN folder_bytes INTEGER;

CREATE INDEX runs_ended ON runs (updated_at, run_id)
    WHERE status IN ('succeeded', 'failed', 'canceled') AND removing_at IS NULL;
CREATE INDEX runs_removing ON runs (run_id) WHERE removing_at IS NOT NULL;
CREATE INDEX cache_entries_by_run ON cache_entries (run_id);

-- The status of the run of a request, so that a list of some statuses costs no more when there are many others.
ALTER TABLE requests ADD COLUMN run_status TEXT;
UPDATE requests SET run_status = (SELECT r.status FROM runs r WHERE r.run_id = requests.run_id) WHERE run_id IS NOT NULL;

CREATE TRIGGER requests_follow_runs AFTER UPDATE OF status ON runs WHEN NEW.status <> OLD.status
BEGIN
    UPDATE requests SET run_status = NEW.status WHERE run_id = NEW.run_id;
END;

CREATE TRIGGER requests_learn_status_with_row AFTER INSERT ON requests WHEN NEW.run_id IS NOT NULL
BEGIN
    UPDATE requests SET run_status = (SELECT r.status FROM runs r WHERE r.run_id = NEW.run_id) WHERE seq = NEW.seq;
END;

CREATE TRIGGER requests_learn_status_with_run AFTER UPDATE OF run_id ON requests WHEN NEW.run_id IS NOT NULL
BEGIN
    UPDATE requests SET run_status = (SELECT r.status FROM runs r WHERE r.run_id = NEW.run_id) WHERE seq = NEW.seq;
END;

CREATE INDEX requests_by_status ON requests (run_status, seq) WHERE removing_at IS NULL;
CREATE INDEX requests_by_skill ON requests (skill_id, run_status, seq) WHERE removing_at IS NULL;
CREATE INDEX requests_by_engine ON requests (engine, run_status, seq) WHERE removing_at IS NULL;
CREATE INDEX requests_removing ON requests (request_id) WHERE removing_at IS NOT NULL;
