-- Moments are UTC text with six fraction digits. The table may be there already, made by another program: then it has the
-- same columns, the one for the planned engines was added before this script, and moments may lack a zone.

CREATE TABLE IF NOT EXISTS engine_upgrades (
    request_id       TEXT PRIMARY KEY,
    mode             TEXT NOT NULL,
    requested_engine TEXT,
    status           TEXT NOT NULL,
    results_json     TEXT NOT NULL,
    created_at       TEXT NOT NULL,
    updated_at       TEXT NOT NULL,
    engines_json     TEXT
);

-- What an earlier task planned follows from what was asked for.
UPDATE engine_upgrades
   SET engines_json = CASE WHEN requested_engine IS NULL THEN json_array('codex', 'gemini', 'iflow', 'opencode')
                           ELSE json_array(requested_engine) END
 WHERE engines_json IS NULL;

-- An unfinished task is ended by the program, which has to be able to read it.
UPDATE engine_upgrades
   SET results_json = '{}'
 WHERE status IN ('queued', 'running')
   AND CASE WHEN json_valid(results_json) THEN json_type(results_json) <> 'object' ELSE 1 END;

-- The index bears one unfinished task only. All but the newest end here, in the way the program would end them: results are
-- kept, the first planned engine without one failed if the task was running, the others are skipped.
UPDATE engine_upgrades
   SET status = 'failed',
       updated_at = strftime('%Y-%m-%dT%H:%M:%f000Z', 'now'),
       results_json = json_patch(results_json, (
           SELECT json_group_object(planned.value, json_object(
                      'status', CASE WHEN engine_upgrades.status = 'running' AND planned.key = (
                                              SELECT min(missing.key) FROM json_each(engines_json) AS missing
                                               WHERE missing.value NOT IN (SELECT key FROM json_each(results_json)))
                                     THEN 'failed' ELSE 'skipped' END,
                      'stdout', '', 'stderr', '', 'error', 'Interrupted by server restart'))
             FROM json_each(engines_json) AS planned
            WHERE planned.value NOT IN (SELECT key FROM json_each(results_json))))
 WHERE status IN ('queued', 'running')
   AND rowid <> (SELECT max(rowid) FROM engine_upgrades WHERE status IN ('queued', 'running'));

-- At most one task is queued or running, whoever inserts it.
CREATE UNIQUE INDEX IF NOT EXISTS engine_upgrades_one_active
    ON engine_upgrades ((1)) WHERE status IN ('queued', 'running');
