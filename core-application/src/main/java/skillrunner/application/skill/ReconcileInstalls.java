package skillrunner.application.skill;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import skillrunner.application.background.BackgroundTasks;
import skillrunner.application.background.UntilDone;
import skillrunner.application.storage.Patience;
import skillrunner.domain.run.RetryPolicy;
import skillrunner.domain.skill.InstallAction;
import skillrunner.domain.skill.InstallChange;
import skillrunner.domain.skill.InstallId;
import skillrunner.domain.skill.InstallStatus;
import skillrunner.domain.skill.SkillInstall;

/**
 * Ends the installations that were queued or running when the server ended, and takes back what they had half done. One
 * whose package was in its place already succeeded. To be called before serving.
 */
public final class ReconcileInstalls {
    private static final System.Logger LOG = System.getLogger(ReconcileInstalls.class.getName());
    private static final Duration LATER = Duration.ofSeconds(5);
    private static final String RESTARTED = "Interrupted by server restart";

    private final SkillInstalls installs;
    private final SkillPackages packages;
    private final BackgroundTasks background;
    private final Clock clock;
    private final UntilDone untilDone;

    public ReconcileInstalls(SkillInstalls installs, SkillPackages packages, BackgroundTasks background, Clock clock) {
        this.installs = Objects.requireNonNull(installs);
        this.packages = Objects.requireNonNull(packages);
        this.background = Objects.requireNonNull(background);
        this.clock = Objects.requireNonNull(clock);
        this.untilDone = new UntilDone(background, LATER);
    }

    /**
     * Repairs the installed skills first, then ends the installations.
     *
     * @return how many were queued or running
     */
    public int reconcile() {
        Map<InstallId, InstallAction> published = packages.recover();
        List<SkillInstall> open = Patience.with(RetryPolicy.START, background.bell()::await, installs::open);
        Set<InstallId> forgotten = new LinkedHashSet<>(published.keySet());
        for (SkillInstall install : open) {
            forgotten.remove(install.id());
            settle(install, published);
        }
        forgotten.forEach(this::forget);
        return open.size();
    }

    /**
     * What can't be ended now, on a full disk for example, is ended later; the server serves everybody else meanwhile. What was
     * published is forgotten only then, for a further start must learn of it.
     */
    private void settle(SkillInstall install, Map<InstallId, InstallAction> published) {
        untilDone.carryOut("install-" + install.id(), () -> {
            end(install, published);
            if (published.containsKey(install.id())) {
                forget(install.id());
            }
        });
    }

    private void forget(InstallId id) {
        try {
            packages.forget(id);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "install request_id=" + id + " stays in the journal", e);
        }
    }

    private void end(SkillInstall install, Map<InstallId, InstallAction> published) {
        InstallAction action = published.get(install.id());
        SkillInstall ended = action != null && install.status() == InstallStatus.RUNNING
                ? install.succeed(action, clock.instant())
                : install.abandon(RESTARTED, clock.instant());
        InstallChange end = new InstallChange(install, ended);
        boolean saved = Patience.with(RetryPolicy.START, background.bell()::await, () -> installs.save(end));
        if (!saved) {
            return;
        }
        LOG.log(
                System.Logger.Level.INFO,
                "install request_id={0} {1}->{2} by a restart",
                install.id(),
                install.status().wire(),
                ended.status().wire());
    }
}
