-- The attempt that started the engine which keeps running from question to answer; NULL where each turn has an engine of its own.
ALTER TABLE runs ADD COLUMN kept_from INTEGER CHECK (kept_from >= 1);

-- How the engine of an attempt takes an answer; NULL for one whose conversation is taken up again by another process.
ALTER TABLE run_attempts ADD COLUMN interactive_kind TEXT CHECK (interactive_kind IN ('sticky_process'));
