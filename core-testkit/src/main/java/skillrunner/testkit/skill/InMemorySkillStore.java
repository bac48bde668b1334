package skillrunner.testkit.skill;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import skillrunner.application.skill.InstalledSkill;
import skillrunner.application.skill.SkillStore;
import skillrunner.domain.skill.SkillId;

/** Skills in a map. The "hashes" of a file are its text's hash code. Safe for concurrent use. */
public final class InMemorySkillStore implements SkillStore {
    private final Map<String, InstalledSkill> skills = new TreeMap<>();
    private final Map<String, Map<String, String>> files = new TreeMap<>();

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
