-- How often the preparation of a run's present attempt was started, counted before it begins.
ALTER TABLE runs ADD COLUMN preparations INTEGER NOT NULL DEFAULT 0;
