package skillrunner.testkit.skill;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import skillrunner.application.skill.PlainSkills;
import skillrunner.application.skill.SkillPackages;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.skill.InstallAction;
import skillrunner.domain.skill.InstallId;
import skillrunner.domain.skill.InstallPolicy;
import skillrunner.domain.skill.SkillId;
import skillrunner.domain.skill.SkillVersion;
import skillrunner.testkit.storage.ScriptedDisk;

/**
 * Packages in memory. An archive is the text {@code <id> <version>}; an id alone is a plain skill, which is what a location
 * holds as well. Any other text is a bad package whose reason is the text. Safe for concurrent use.
 */
public final class ScriptedSkillPackages implements SkillPackages {
    private static final int MOST_BYTES = 1_000;

    /** What a publication is about to do, written down before it does it. */
    private record Plan(SkillId skill, Optional<SkillVersion> kept) {
        InstallAction action() {
            return kept.isPresent() ? InstallAction.UPDATE : InstallAction.INSTALL;
        }
    }

    private final ScriptedDisk disk;
    private final Map<InstallId, String> archives = new LinkedHashMap<>();
    private final Set<InstallId> staged = new LinkedHashSet<>();
    private final Map<InstallId, Plan> journal = new LinkedHashMap<>();
    private final Map<SkillId, SkillVersion> installed = new LinkedHashMap<>();
    private final Set<InstallId> published = new LinkedHashSet<>();
    private final Set<SkillId> changing = new LinkedHashSet<>();
    private BiConsumer<SkillId, Optional<SkillVersion>> place = (skill, version) -> {};

    /** Starts without any skill, on a disk that is never full. */
    public ScriptedSkillPackages() {
        this(new ScriptedDisk());
    }

    /**
     * Starts without any skill.
     *
     * @param disk asked before each change
     */
    public ScriptedSkillPackages(ScriptedDisk disk) {
        this.disk = Objects.requireNonNull(disk);
    }

    /**
     * Tells of each change of an installed skill from now on.
     *
     * @param told gets the skill, and its version or nothing while it is not in its place
     */
    public synchronized void onChange(BiConsumer<SkillId, Optional<SkillVersion>> told) {
        place = told;
    }

    /** Installs a skill, as somebody would by hand. */
    public synchronized void install(SkillId skill, SkillVersion version) {
        put(skill, Optional.of(version));
    }

    /**
     * Returns what is installed.
     *
     * @return skill to version
     */
    public synchronized Map<SkillId, SkillVersion> installed() {
        return Map.copyOf(installed);
    }

    /** Tells whether the package of an installation ever came into its place. */
    public synchronized boolean wasPublished(InstallId id) {
        return published.contains(id);
    }

    /**
     * Tells whether anything is kept of any installation.
     *
     * @return true if nothing is
     */
    public synchronized boolean isClean() {
        return archives.isEmpty() && staged.isEmpty() && journal.isEmpty();
    }

    @Override
    public void receive(InstallId id, InputStream archive) throws IOException {
        disk.beforeWrite("archive");
        byte[] bytes = archive.readAllBytes();
        if (bytes.length == 0) {
            throw RefusedException.invalid("/file", "the uploaded file is empty");
        }
        if (bytes.length > MOST_BYTES) {
            throw new RefusedException(ErrorCode.BODY_TOO_LARGE, "The archive is too large");
        }
        synchronized (this) {
            archives.put(id, new String(bytes, StandardCharsets.UTF_8));
        }
    }

    @Override
    public synchronized void collect(InstallId id, String location) {
        disk.beforeWrite("archive");
        archives.put(id, location);
    }

    @Override
    public synchronized Content unpack(InstallId id, PlainSkills plain) {
        disk.beforeWrite("unpack");
        staged.add(id);
        String archived = Objects.requireNonNull(archives.get(id));
        String text = plain == PlainSkills.ADOPTED && !archived.contains(" ") ? archived + " 0.1.0" : archived;
        int space = text.indexOf(' ');
        if (space < 0 || SkillVersion.parse(text.substring(space + 1)).isEmpty()) {
            return new Content.Bad(text);
        }
        return new Content.Good(new SkillId(text.substring(0, space)), SkillVersion.of(text.substring(space + 1)));
    }

    @Override
    public Publication publish(InstallId id, Content.Good content) {
        awaitTurn(content.skill());
        try {
            synchronized (this) {
                disk.beforeWrite("publish");
                Optional<SkillVersion> old = Optional.ofNullable(installed.get(content.skill()));
                InstallPolicy.Decision decision = InstallPolicy.decide(
                        old.<InstallPolicy.Existing>map(present -> new InstallPolicy.Existing.Valid(present, false))
                                .orElseGet(InstallPolicy.Existing.Absent::new),
                        content.version());
                if (decision instanceof InstallPolicy.Decision.Refuse refuse) {
                    return new Publication.Refused(refuse.reason());
                }
                journal.put(id, new Plan(content.skill(), old));
            }
            return new Publication.Done(inTwoRenames(id, content));
        } finally {
            synchronized (this) {
                changing.remove(content.skill());
            }
        }
    }

    private InstallAction inTwoRenames(InstallId id, Content.Good content) {
        try {
            disk.midway("publish");
            synchronized (this) {
                put(content.skill(), Optional.empty());
            }
            disk.midway("publish");
            synchronized (this) {
                put(content.skill(), Optional.of(content.version()));
                staged.remove(id);
                published.add(id);
                return Objects.requireNonNull(journal.get(id)).action();
            }
        } catch (RuntimeException e) {
            repair(id);
            throw e;
        }
    }

    /** One package of a skill at a time. */
    private void awaitTurn(SkillId skill) {
        while (true) {
            synchronized (this) {
                if (changing.add(skill)) {
                    return;
                }
            }
            disk.midway("wait");
            Thread.onSpinWait();
        }
    }

    @Override
    public synchronized void clean(InstallId id) {
        disk.beforeWrite("clean");
        archives.remove(id);
        staged.remove(id);
    }

    @Override
    public synchronized void forget(InstallId id) {
        disk.beforeWrite("forget");
        repair(id);
        journal.remove(id);
        archives.remove(id);
        staged.remove(id);
    }

    @Override
    public synchronized Map<InstallId, InstallAction> recover() {
        List.copyOf(journal.keySet()).forEach(this::repair);
        archives.keySet().retainAll(journal.keySet());
        staged.clear();
        Map<InstallId, InstallAction> complete = new LinkedHashMap<>();
        journal.forEach((id, plan) -> complete.put(id, plan.action()));
        return complete;
    }

    /** As long as the package is where it was unpacked, it was not published. */
    private synchronized void repair(InstallId id) {
        Plan plan = journal.get(id);
        if (plan != null && staged.contains(id)) {
            put(plan.skill(), plan.kept());
            journal.remove(id);
        }
    }

    private void put(SkillId skill, Optional<SkillVersion> version) {
        version.ifPresentOrElse(present -> installed.put(skill, present), () -> installed.remove(skill));
        place.accept(skill, version);
    }
}
