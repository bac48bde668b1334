package skillrunner.application.skill;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import skillrunner.application.background.BackgroundTasks;
import skillrunner.application.background.IdSource;
import skillrunner.application.background.StoredTask;
import skillrunner.application.background.UntilDone;
import skillrunner.application.skill.SkillPackages.Content;
import skillrunner.application.skill.SkillPackages.Publication;
import skillrunner.application.storage.StorageFullException;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.skill.InstallChange;
import skillrunner.domain.skill.InstallId;
import skillrunner.domain.skill.SkillInstall;

/**
 * Takes an uploaded skill package, answers at once, and checks and installs it in the background. Safe for concurrent
 * use; of two packages of one skill, the later one is judged by what the earlier one left.
 */
public final class InstallSkillPackage implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(InstallSkillPackage.class.getName());
    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String BROKE_OFF = "The installation broke off because of an internal error";
    private static final String DISK_FULL = "The disk is full; nothing was installed";
    private static final String STOPPED = "The server stopped";

    private final SkillInstalls installs;
    private final SkillPackages packages;
    private final BackgroundTasks background;
    private final IdSource ids;
    private final Clock clock;
    private final UntilDone untilDone;
    private final Keeping keeping = new Keeping();
    private final Set<InstallId> atWork = new HashSet<>();
    private boolean stopped;

    public InstallSkillPackage(
            SkillInstalls installs, SkillPackages packages, BackgroundTasks background, IdSource ids, Clock clock) {
        this.installs = Objects.requireNonNull(installs);
        this.packages = Objects.requireNonNull(packages);
        this.background = Objects.requireNonNull(background);
        this.ids = Objects.requireNonNull(ids);
        this.clock = Objects.requireNonNull(clock);
        this.untilDone = new UntilDone(background, RETRY);
    }

    /**
     * Takes a package, and nothing else.
     *
     * @param archive the bytes of a zip archive
     * @return the queued installation
     * @throws RefusedException as {@link #accept(InputStream, PlainSkills)} does
     * @throws IOException if the sender broke off
     */
    public SkillInstall accept(InputStream archive) throws IOException {
        return accept(archive, PlainSkills.REFUSED);
    }

    /**
     * Makes a package of a folder among the skills that holds instructions and no manifest, and installs it. The folder is kept
     * aside if the package takes its place, and stays where it is otherwise.
     *
     * @param skill the folder
     * @return the queued installation
     * @throws RefusedException with {@code PACKAGE_INVALID} if it has a manifest, with {@code ARCHIVE_INVALID} if it can't be
     *     read
     */
    public SkillInstall adopt(SkillEntry skill) {
        if (!skill.plain()) {
            throw new RefusedException(
                    ErrorCode.PACKAGE_INVALID,
                    "The skill has a manifest (assets/runner.json); there is nothing to adopt");
        }
        InstallId id = new InstallId(ids.next());
        packages.collect(id, skill.location());
        return begin(id, PlainSkills.ADOPTED);
    }

    /**
     * Takes a package. What is in it is checked later; a bad one ends failed.
     *
     * @param archive the bytes of a zip archive
     * @param plain what becomes of instructions without a manifest
     * @return the queued installation
     * @throws RefusedException with {@code REQUEST_INVALID} if there are no bytes, or {@code BODY_TOO_LARGE}
     * @throws IOException if the sender broke off
     */
    public SkillInstall accept(InputStream archive, PlainSkills plain) throws IOException {
        InstallId id = new InstallId(ids.next());
        packages.receive(id, archive);
        return begin(id, plain);
    }

    private SkillInstall begin(InstallId id, PlainSkills plain) {
        SkillInstall install = SkillInstall.queued(id, clock.instant());
        try {
            installs.add(install);
        } catch (RuntimeException e) {
            packages.forget(id);
            throw e;
        }
        log(install);
        synchronized (this) {
            atWork.add(id);
        }
        StoredTask<SkillInstall> task = new StoredTask<>(install, keeping);
        try {
            background.submit(name(id), () -> carryOut(id, task, plain));
        } catch (RuntimeException e) {
            end(id, task, queued -> queued.abandon(BROKE_OFF, clock.instant()));
            throw e;
        }
        return install;
    }

    /** Lets the packages that are at work come to their end, for a while, and takes up no other. */
    @Override
    public synchronized void close() {
        stopped = true;
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            for (long left = PATIENCE.toMillis(); !atWork.isEmpty() && left > 0; ) {
                wait(left);
                left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void carryOut(InstallId id, StoredTask<SkillInstall> task, PlainSkills plain) {
        try {
            if (isStopped()) {
                end(id, task, install -> install.abandon(STOPPED, clock.instant()));
            } else if (task.advance(install -> install.start(clock.instant()))) {
                install(id, task, plain);
            } else {
                leave(id);
            }
        } catch (StorageFullException e) {
            LOG.log(System.Logger.Level.WARNING, "install request_id=" + id + " found the disk full");
            end(id, task, install -> install.abandon(DISK_FULL, clock.instant()));
        } catch (RuntimeException | Error e) {
            end(id, task, install -> install.abandon(BROKE_OFF, clock.instant()));
            throw e;
        }
    }

    private void install(InstallId id, StoredTask<SkillInstall> task, PlainSkills plain) {
        Content content = packages.unpack(id, plain);
        if (content instanceof Content.Bad bad) {
            end(id, task, install -> install.fail(bad.reason(), clock.instant()));
            return;
        }
        Content.Good good = (Content.Good) content;
        if (!task.advance(
                install -> install.identified(good.skill(), good.version().text(), clock.instant()))) {
            leave(id);
            return;
        }
        Publication publication = packages.publish(id, good);
        if (publication instanceof Publication.Refused refused) {
            end(id, task, install -> install.fail(refused.reason(), clock.instant()));
        } else if (publication instanceof Publication.Done done) {
            finish(id, task, install -> install.succeed(done.action(), clock.instant()));
        }
    }

    /** From here on the package is installed: whatever happens, the installation does not end failed. */
    private void finish(InstallId id, StoredTask<SkillInstall> task, UnaryOperator<SkillInstall> change) {
        untilDone.carryOut(name(id), () -> {
            packages.clean(id);
            task.advance(change);
            packages.forget(id);
            leave(id);
        });
    }

    /** Removes what is kept before the end can be seen; an end that can't be stored now is stored later. */
    private void end(InstallId id, StoredTask<SkillInstall> task, UnaryOperator<SkillInstall> change) {
        untilDone.carryOut(name(id), () -> {
            packages.forget(id);
            task.advance(change);
            leave(id);
        });
    }

    private synchronized boolean isStopped() {
        return stopped;
    }

    private synchronized void leave(InstallId id) {
        atWork.remove(id);
        notifyAll();
    }

    private static String name(InstallId id) {
        return "install-" + id;
    }

    private final class Keeping implements StoredTask.Keeping<SkillInstall> {
        @Override
        public boolean save(SkillInstall before, SkillInstall after) {
            return installs.save(new InstallChange(before, after));
        }

        @Override
        public boolean hasEnded(SkillInstall state) {
            return state.status().isTerminal();
        }

        @Override
        public void stored(SkillInstall before, SkillInstall after) {
            if (after.status() != before.status()) {
                log(after);
            }
        }
    }

    private static void log(SkillInstall install) {
        LOG.log(
                System.Logger.Level.INFO,
                "install request_id={0} skill={1} version={2} {3}",
                install.id(),
                install.skill().map(Object::toString).orElse("-"),
                install.version().orElse("-"),
                install.status().wire());
    }
}
