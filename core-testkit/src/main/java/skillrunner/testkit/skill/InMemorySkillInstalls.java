package skillrunner.testkit.skill;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import skillrunner.application.skill.SkillInstalls;
import skillrunner.domain.skill.InstallChange;
import skillrunner.domain.skill.InstallId;
import skillrunner.domain.skill.SkillInstall;
import skillrunner.testkit.storage.ScriptedDisk;

/** Installations in a map, on a {@link ScriptedDisk}. Safe for concurrent use. */
public final class InMemorySkillInstalls implements SkillInstalls {
    private final ScriptedDisk disk;
    private final Map<InstallId, SkillInstall> installs = new LinkedHashMap<>();

    /** Makes an empty store on a disk that is never full. */
    public InMemorySkillInstalls() {
        this(new ScriptedDisk());
    }

    /**
     * Makes an empty store.
     *
     * @param disk asked before each change
     */
    public InMemorySkillInstalls(ScriptedDisk disk) {
        this.disk = Objects.requireNonNull(disk);
    }

    /** Returns all installations, oldest first. */
    public synchronized List<SkillInstall> all() {
        return List.copyOf(installs.values());
    }

    @Override
    public synchronized void add(SkillInstall install) {
        disk.beforeWrite("install");
        if (installs.putIfAbsent(install.id(), install) != null) {
            throw new IllegalStateException("the id was stored before");
        }
    }

    @Override
    public synchronized boolean save(InstallChange change) {
        SkillInstall after = change.after();
        if (find(after.id()).filter(change::appliesTo).isEmpty()) {
            return false;
        }
        disk.beforeWrite(after.status().wire());
        installs.put(after.id(), after);
        return true;
    }

    @Override
    public synchronized Optional<SkillInstall> find(InstallId id) {
        return Optional.ofNullable(installs.get(id));
    }

    @Override
    public synchronized List<SkillInstall> open() {
        return installs.values().stream()
                .filter(install -> !install.status().isTerminal())
                .toList();
    }
}
