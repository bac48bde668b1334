package skillrunner.workspace.skill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skillrunner.application.json.JsonText;
import skillrunner.application.skill.SkillPackages.Content;
import skillrunner.application.skill.SkillPackages.Publication;
import skillrunner.domain.skill.InstallAction;
import skillrunner.domain.skill.InstallPolicy;
import skillrunner.domain.skill.InstallPolicy.Decision;
import skillrunner.domain.skill.InstallPolicy.Existing;
import skillrunner.domain.skill.SkillId;
import skillrunner.domain.skill.SkillVersion;
import skillrunner.files.DiskFaults;
import skillrunner.files.DurableFiles;
import skillrunner.files.FileTrees;

/**
 * Puts a checked package into the place of its skill by at most two renames. The journal says which, so that whoever finds
 * it after a crash can tell how far they came: as long as the package is where it was unpacked, it was not published.
 * Safe for concurrent use.
 */
final class PackagePublisher {
    /** Renames one path to another on the same file system. */
    @FunctionalInterface
    interface Rename {
        /** By the operating system, and on the disk. */
        Rename ATOMIC = FileTrees::rename;

        void rename(Path from, Path to) throws IOException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(PackagePublisher.class);
    private static final int STRIPES = 64;
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final Path skills;
    private final PackageInspection inspection;
    private final JsonText json;
    private final Clock clock;
    private final Rename rename;
    private final Lock[] locks =
            IntStream.range(0, STRIPES).mapToObj(i -> new ReentrantLock()).toArray(Lock[]::new);

    PackagePublisher(Path skills, PackageInspection inspection, JsonText json, Clock clock, Rename rename) {
        this.skills = skills;
        this.inspection = inspection;
        this.json = json;
        this.clock = clock;
        this.rename = rename;
    }

    Publication publish(Path staged, Path journal, Content.Good content) {
        Lock lock = lock(content.skill());
        lock.lock();
        try {
            Path live = skills.resolve(content.skill().value());
            Decision decision = InstallPolicy.decide(existing(content.skill(), live), content.version());
            if (decision instanceof Decision.Refuse refuse) {
                return new Publication.Refused(refuse.reason());
            }
            InstallAction action = decision instanceof Decision.Update ? InstallAction.UPDATE : InstallAction.INSTALL;
            Optional<Path> kept = kept(content.skill(), decision);
            FileTrees.sync(staged);
            new PublishJournal(content.skill(), action, kept.map(path -> skills.relativize(path)
                            .toString()
                            .replace('\\', '/')))
                    .write(journal, json);
            try {
                if (kept.isPresent()) {
                    DurableFiles.createDirectoriesUnsynced(
                            Objects.requireNonNull(kept.get().getParent()));
                    rename.rename(live, kept.get());
                }
                rename.rename(staged, live);
                return new Publication.Done(action);
            } catch (IOException e) {
                LOG.warn("skill {} could not be published and is taken back", content.skill(), e);
                takeBack(live, kept);
                Files.deleteIfExists(journal);
                return new Publication.Refused("The package could not be moved into its place;"
                        + " what was installed before is in its place again");
            }
        } catch (IOException e) {
            throw DiskFaults.explained(e, skills);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes back a publication that did not come to its end.
     *
     * @return what it did if it did come to its end
     */
    Optional<InstallAction> repair(Path staged, Path journal) {
        Optional<PublishJournal> read = PublishJournal.read(journal, json);
        if (read.isEmpty()) {
            return Optional.empty();
        }
        PublishJournal plan = read.get();
        if (!exists(staged)) {
            return Optional.of(plan.action());
        }
        Lock lock = lock(plan.skill());
        lock.lock();
        try {
            takeBack(skills.resolve(plan.skill().value()), plan.kept().map(skills::resolve));
            Files.deleteIfExists(journal);
            return Optional.empty();
        } catch (IOException e) {
            throw DiskFaults.explained(e, skills);
        } finally {
            lock.unlock();
        }
    }

    private void takeBack(Path live, Optional<Path> kept) throws IOException {
        if (kept.isPresent() && exists(kept.get()) && !exists(live)) {
            rename.rename(kept.get(), live);
            LOG.info("skill {} is in its place again", live.getFileName());
        }
    }

    private Existing existing(SkillId skill, Path live) {
        if (!exists(live)) {
            return new Existing.Absent();
        }
        return inspection
                .version(live)
                .<Existing>map(version -> new Existing.Valid(version, exists(archived(skill, version))))
                .orElseGet(Existing.Invalid::new);
    }

    private Optional<Path> kept(SkillId skill, Decision decision) {
        if (decision instanceof Decision.Update update) {
            return Optional.of(archived(skill, update.old()));
        }
        return decision instanceof Decision.MoveAsideThenInstall ? Optional.of(aside(skill)) : Optional.empty();
    }

    private Path archived(SkillId skill, SkillVersion version) {
        return skills.resolve(".archive").resolve(skill.value()).resolve(version.text());
    }

    private Path aside(SkillId skill) {
        String name = skill.value() + "-" + STAMP.format(clock.instant());
        Path folder = skills.resolve(".invalid");
        Path free = folder.resolve(name);
        for (int n = 1; exists(free); n++) {
            free = folder.resolve(name + "-" + n);
        }
        return free;
    }

    private Lock lock(SkillId skill) {
        return locks[Math.floorMod(skill.hashCode(), STRIPES)];
    }

    private static boolean exists(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }
}
