-- Who an attempt's process is, so that no file has to be believed when it is followed or ended. All three or none.

ALTER TABLE run_attempts ADD COLUMN process_pid INTEGER;
ALTER TABLE run_attempts ADD COLUMN process_start TEXT;
ALTER TABLE run_attempts ADD COLUMN process_isolation TEXT
    CHECK (process_isolation IN ('pid_namespace', 'process_tree'))
    CHECK ((process_pid IS NULL) = (process_start IS NULL) AND (process_pid IS NULL) = (process_isolation IS NULL));
