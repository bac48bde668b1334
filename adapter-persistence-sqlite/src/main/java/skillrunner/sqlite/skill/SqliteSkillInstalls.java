package skillrunner.sqlite.skill;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import skillrunner.application.skill.SkillInstalls;
import skillrunner.domain.skill.InstallChange;
import skillrunner.domain.skill.InstallId;
import skillrunner.domain.skill.SkillInstall;
import skillrunner.sqlite.file.Transactions;

/** Installations in SQLite. */
public final class SqliteSkillInstalls implements SkillInstalls {
    private final Transactions database;

    public SqliteSkillInstalls(Transactions database) {
        this.database = Objects.requireNonNull(database);
    }

    @Override
    public void add(SkillInstall install) {
        var unused = database.write(handle -> {
            handle.attach(InstallDao.class).insert(InstallRow.of(install));
            return true;
        });
    }

    @Override
    public boolean save(InstallChange change) {
        InstallRow from = InstallRow.of(change.before());
        return database.write(handle -> handle.attach(InstallDao.class)
                        .move(InstallRow.of(change.after()), from.status(), from.skillId(), from.version())
                == 1);
    }

    @Override
    public Optional<SkillInstall> find(InstallId id) {
        return database.read(
                handle -> handle.attach(InstallDao.class).find(id.value()).map(InstallRow::toInstall));
    }

    @Override
    public List<SkillInstall> open() {
        return database.read(handle -> handle.attach(InstallDao.class).open().stream()
                .map(InstallRow::toInstall)
                .toList());
    }
}
