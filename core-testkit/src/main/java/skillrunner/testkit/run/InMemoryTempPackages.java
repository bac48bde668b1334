package skillrunner.testkit.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import skillrunner.application.run.temporary.TempPackages;
import skillrunner.application.skill.InstalledSkill;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.skill.SkillId;
import skillrunner.testkit.storage.ScriptedDisk;

/**
 * Packages in maps. An "archive" is the text {@code package <id>} with the id of a skill that was offered before; any other
 * text is refused. Safe for concurrent use.
 */
public final class InMemoryTempPackages implements TempPackages {
    private static final String WORD = "package ";

    private record Kept(InstalledSkill skill, Instant came) {}

    private final ScriptedDisk disk;
    private final Clock clock;
    private final Map<String, InstalledSkill> offered = new HashMap<>();
    private final Map<RequestId, Kept> kept = new HashMap<>();
    private boolean stuck;

    /**
     * Makes an empty store.
     *
     * @param disk asked before each change
     * @param clock dates what comes
     */
    public InMemoryTempPackages(ScriptedDisk disk, Clock clock) {
        this.disk = Objects.requireNonNull(disk);
        this.clock = Objects.requireNonNull(clock);
    }

    /** Makes a skill that clients can send. @return the bytes of its package */
    public synchronized byte[] offer(InstalledSkill skill) {
        String id = skill.manifest().id().value();
        offered.put(id, skill);
        return (WORD + id).getBytes(StandardCharsets.UTF_8);
    }

    /** From now on nothing can be removed. */
    public synchronized void stick() {
        stuck = true;
    }

    @Override
    public InstalledSkill take(RequestId request, InputStream archive) throws IOException {
        remove(request);
        String text = new String(archive.readAllBytes(), StandardCharsets.UTF_8);
        disk.midway("package");
        synchronized (this) {
            InstalledSkill skill = Optional.of(text)
                    .filter(it -> it.startsWith(WORD))
                    .map(it -> offered.get(it.substring(WORD.length())))
                    .orElseThrow(() -> new RefusedException(ErrorCode.ARCHIVE_INVALID, "not an archive"));
            disk.beforeWrite("package");
            kept.put(request, new Kept(skill, clock.instant()));
            return skill;
        }
    }

    @Override
    public synchronized Optional<InstalledSkill> find(RequestId request, SkillId skill) {
        return Optional.ofNullable(kept.get(request))
                .map(Kept::skill)
                .filter(it -> it.manifest().id().equals(skill));
    }

    @Override
    public Optional<String> readText(InstalledSkill skill, String path) {
        return path.equals("SKILL.md") ? Optional.of("# " + skill.manifest().id()) : Optional.empty();
    }

    @Override
    public synchronized void remove(RequestId request) {
        if (stuck && kept.containsKey(request)) {
            throw new IllegalStateException("stuck");
        }
        kept.remove(request);
    }

    @Override
    public synchronized Map<RequestId, Instant> kept() {
        Map<RequestId, Instant> came = new TreeMap<>(Comparator.comparing(RequestId::value));
        kept.forEach((request, held) -> came.put(request, held.came()));
        return came;
    }
}
