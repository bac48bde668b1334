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

-- Of several unfinished tasks only the newest one can be the last that worked; without this the index can't be made.
UPDATE engine_upgrades
   SET status = 'failed'
 WHERE status IN ('queued', 'running')
   AND rowid <> (SELECT max(rowid) FROM engine_upgrades WHERE status IN ('queued', 'running'));

-- At most one task is queued or running, whoever inserts it.
CREATE UNIQUE INDEX IF NOT EXISTS engine_upgrades_one_active
    ON engine_upgrades ((1)) WHERE status IN ('queued', 'running');
