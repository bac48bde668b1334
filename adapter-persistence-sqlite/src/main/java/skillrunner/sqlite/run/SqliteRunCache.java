package skillrunner.sqlite.run;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import skillrunner.application.run.cache.RunCache;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.run.RunId;
import skillrunner.domain.skill.SkillId;
import skillrunner.sqlite.file.TimestampColumns;
import skillrunner.sqlite.file.Transactions;

/** Earlier answers in SQLite. */
public final class SqliteRunCache implements RunCache {
    private final Transactions database;

    public SqliteRunCache(Transactions database) {
        this.database = Objects.requireNonNull(database);
    }

    @Override
    public Optional<RunId> find(String key) {
        return database.read(handle -> handle.attach(CacheDao.class).find(key).map(RunId::new));
    }

    @Override
    public boolean mayAnswer(SkillId skill, EngineId engine) {
        return database.read(handle -> handle.attach(CacheDao.class).answers(skill.value(), engine.wire()));
    }

    @Override
    public void put(String key, RunId run, Instant now) {
        database.write(handle -> {
            handle.attach(CacheDao.class).put(key, run.value(), TimestampColumns.text(now));
            return true;
        });
    }

    @Override
    public void remove(String key) {
        database.write(handle -> {
            handle.attach(CacheDao.class).remove(key);
            return true;
        });
    }
}
