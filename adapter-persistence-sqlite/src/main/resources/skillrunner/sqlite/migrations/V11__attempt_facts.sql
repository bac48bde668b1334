-- How the processes of an attempt ended, and what its engine told of its own work: JSON objects, or NULL where nobody knows.
ALTER TABLE run_attempts ADD COLUMN processes_ended TEXT;
ALTER TABLE run_attempts ADD COLUMN engine_told TEXT CHECK (length(engine_told) <= 16384);
