package skillrunner.testkit.skill;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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
 * Packages in memory. An archive is the text {@code <id> <version>}; any other text is a bad package whose reason is the
 * text. Safe for concurrent use.
 */
public final class ScriptedSkillPackages implements SkillPackages {
    private static final int MOST_BYTES = 1_000;

    private final ScriptedDisk disk;
    private final Map<InstallId, String> archives = new LinkedHashMap<>();
    private final Set<InstallId> staged = new LinkedHashSet<>();
    private final Map<InstallId, InstallAction> published = new LinkedHashMap<>();
    private final Map<SkillId, SkillVersion> installed = new LinkedHashMap<>();

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
     * Returns what is installed.
     *
     * @return skill to version
     */
    public synchronized Map<SkillId, SkillVersion> installed() {
        return Map.copyOf(installed);
    }

    /**
     * Tells whether anything is kept of any installation.
     *
     * @return true if nothing is
     */
    public synchronized boolean isClean() {
        return archives.isEmpty() && staged.isEmpty() && published.isEmpty();
    }

    @Override
    public synchronized void receive(InstallId id, InputStream archive) throws IOException {
        disk.beforeWrite("archive");
        byte[] bytes = archive.readAllBytes();
        if (bytes.length == 0) {
            throw RefusedException.invalid("/file", "the uploaded file is empty");
        }
        if (bytes.length > MOST_BYTES) {
            throw new RefusedException(ErrorCode.BODY_TOO_LARGE, "The archive is too large");
        }
        archives.put(id, new String(bytes, StandardCharsets.UTF_8));
    }

    @Override
    public synchronized Content unpack(InstallId id) {
        disk.beforeWrite("unpack");
        staged.add(id);
        String text = Objects.requireNonNull(archives.get(id));
        int space = text.indexOf(' ');
        if (space < 0 || SkillVersion.parse(text.substring(space + 1)).isEmpty()) {
            return new Content.Bad(text);
        }
        return new Content.Good(new SkillId(text.substring(0, space)), SkillVersion.of(text.substring(space + 1)));
    }

    @Override
    public synchronized Publication publish(InstallId id, Content.Good content) {
        disk.beforeWrite("publish");
        SkillVersion old = installed.get(content.skill());
        InstallPolicy.Decision decision = InstallPolicy.decide(
                old == null ? new InstallPolicy.Existing.Absent() : new InstallPolicy.Existing.Valid(old, false),
                content.version());
        if (decision instanceof InstallPolicy.Decision.Refuse refuse) {
            return new Publication.Refused(refuse.reason());
        }
        InstallAction action = old == null ? InstallAction.INSTALL : InstallAction.UPDATE;
        installed.put(content.skill(), content.version());
        published.put(id, action);
        return new Publication.Done(action);
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
        archives.remove(id);
        staged.remove(id);
        published.remove(id);
    }

    @Override
    public synchronized Map<InstallId, InstallAction> recover() {
        archives.keySet().retainAll(published.keySet());
        staged.clear();
        return new LinkedHashMap<>(published);
    }
}
