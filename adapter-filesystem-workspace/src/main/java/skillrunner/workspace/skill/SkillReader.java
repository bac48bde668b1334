package skillrunner.workspace.skill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import skillrunner.application.skill.InstalledSkill;
import skillrunner.application.skill.SkillEntry;
import skillrunner.domain.skill.PackageFinding;
import skillrunner.domain.skill.PackageRules;
import skillrunner.domain.skill.SkillId;
import skillrunner.domain.skill.SkillManifest;
import skillrunner.files.SafePath;

/** Takes one folder of a store for a skill, with everything that is wrong with it. Used once, by one thread. */
final class SkillReader {
    private static final List<String> UNREADABLE = List.of("its folder can't be read");

    private final Path folder;
    private final PackageInspection inspection;
    private final FolderState state;

    /** What is said of a folder that does not answer. */
    static final List<String> SILENT = List.of("its folder lies on a file system that does not answer");

    SkillReader(Path folder, PackageInspection inspection, Clock clock, boolean near) {
        this.folder = folder;
        this.inspection = inspection;
        this.state = new FolderState(clock, !near);
    }

    /** What was looked at, as it was before it was read. */
    FolderState state() {
        return state;
    }

    /** Reads the folder. A folder that has neither instructions nor a manifest is no skill at all. */
    Optional<SkillEntry> read() {
        FileStamp itself = state.note(folder);
        boolean hasText = isThere(PackageRules.SKILL_MD);
        boolean hasManifest = isThere(PackageRules.RUNNER_JSON);
        String id = folder.getFileName().toString();
        if (!hasText && !hasManifest) {
            // Nobody can tell whether there is a skill in a folder that may not be entered, if it is called like one.
            return SkillId.parse(id).isPresent() && !Files.isExecutable(folder) && Files.isDirectory(folder)
                    ? Optional.of(unreadable(id, itself, UNREADABLE))
                    : Optional.empty();
        }
        Path real;
        PackageInspection.Inspected inspected;
        try {
            // A skill may be linked into its place; whoever walks through its files must start at the real folder.
            real = folder.toRealPath();
            inspected = inspection.inspect(
                    real, id, path -> SafePath.below(folder, path).ifPresent(state::note));
        } catch (IOException | UncheckedIOException e) {
            return Optional.of(unreadable(id, itself, UNREADABLE));
        }
        String location = real.toString();
        List<String> problems = inspected.findings().stream()
                .filter(PackageFinding::degradesSkill)
                .map(PackageFinding::text)
                .toList();
        Optional<SkillManifest> manifest = inspected.manifest();
        Optional<InstalledSkill> usable = problems.isEmpty() ? inspected.skillAt(location) : Optional.empty();
        return Optional.of(new SkillEntry(
                id,
                manifest.map(SkillManifest::name).or(inspected::name).orElse(id),
                manifest.map(SkillManifest::description)
                        .filter(text -> !text.isEmpty())
                        .orElse(inspected.description()),
                usable.map(InstalledSkill::manifest).or(() -> manifest),
                usable,
                location,
                itself.modified().toInstant(),
                hasText && !hasManifest,
                problems));
    }

    /** Takes a folder that does not answer for a damaged skill. */
    static SkillEntry silent(Path folder) {
        return unreadable(folder.getFileName().toString(), FileStamp.ABSENT, SILENT);
    }

    private boolean isThere(String path) {
        Path file = folder.resolve(path);
        state.note(file);
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }

    private static SkillEntry unreadable(String id, FileStamp itself, List<String> problems) {
        return new SkillEntry(
                id,
                id,
                "",
                Optional.empty(),
                Optional.empty(),
                "",
                itself.modified().toInstant(),
                false,
                problems);
    }
}
