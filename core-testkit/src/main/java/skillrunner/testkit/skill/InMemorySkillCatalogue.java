package skillrunner.testkit.skill;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import skillrunner.application.skill.SkillCatalogue;
import skillrunner.application.skill.SkillEntry;

/** What lies among the skills, in a map. Safe for concurrent use. */
public final class InMemorySkillCatalogue implements SkillCatalogue {
    private final ConcurrentSkipListMap<String, SkillEntry> entries = new ConcurrentSkipListMap<>();

    /** Makes an empty one. */
    public InMemorySkillCatalogue() {}

    /** Adds an entry, or replaces the one of its id. */
    public void put(SkillEntry entry) {
        entries.put(entry.id(), entry);
    }

    @Override
    public List<SkillEntry> entries() {
        return List.copyOf(entries.values());
    }

    @Override
    public Optional<SkillEntry> entry(String id) {
        return Optional.ofNullable(entries.get(id));
    }
}
