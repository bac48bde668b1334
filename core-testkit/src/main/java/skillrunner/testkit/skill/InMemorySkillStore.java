package skillrunner.testkit.skill;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import skillrunner.application.skill.InstalledSkill;
import skillrunner.application.skill.SkillStore;
import skillrunner.application.storage.UnavailableException;
import skillrunner.domain.skill.SkillId;

/** Skills in a map. The "hashes" of a file are its text's hash code. Safe for concurrent use. */
public final class InMemorySkillStore implements SkillStore {
    private final Map<String, InstalledSkill> skills = new TreeMap<>();
    private final Map<String, Map<String, String>> files = new TreeMap<>();
    private boolean silent;

    /** Installs a skill, replacing one of the same id; it has one file, {@code SKILL.md}. */
    public synchronized void install(InstalledSkill skill) {
        String id = skill.manifest().id().value();
        skills.put(id, skill);
        files.put(id, new TreeMap<>(Map.of("SKILL.md", "# " + id)));
    }

    /** Writes a file of an installed skill, which changes its fingerprint. */
    public synchronized void write(SkillId id, String path, String text) {
        files.computeIfAbsent(id.value(), key -> new TreeMap<>()).put(path, text);
    }

    /** Removes a skill. */
    public synchronized void remove(SkillId id) {
        skills.remove(id.value());
        files.remove(id.value());
    }

    /** From now on the files of no skill can be read, as on a file system that does not answer. */
    public synchronized void fallSilent() {
        silent = true;
    }

    @Override
    public synchronized List<InstalledSkill> list() {
        return List.copyOf(skills.values());
    }

    @Override
    public synchronized Optional<InstalledSkill> find(SkillId id) {
        return Optional.ofNullable(skills.get(id.value()));
    }

    @Override
    public synchronized Map<String, String> fileHashes(InstalledSkill skill) {
        if (silent) {
            throw new UnavailableException("the folder does not answer", new IOException());
        }
        Map<String, String> hashes = new TreeMap<>();
        files(skill).forEach((path, text) -> hashes.put(path, Integer.toHexString(text.hashCode())));
        return hashes;
    }

    @Override
    public synchronized Optional<String> readText(InstalledSkill skill, String path) {
        return Optional.ofNullable(files(skill).get(path));
    }

    private Map<String, String> files(InstalledSkill skill) {
        return files.getOrDefault(skill.manifest().id().value(), Map.of());
    }
}
