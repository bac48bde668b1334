package skillrunner.application.skill;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import skillrunner.application.background.BackgroundTasks;
import skillrunner.application.storage.Patience;
import skillrunner.domain.run.RetryPolicy;
import skillrunner.domain.skill.InstallAction;
import skillrunner.domain.skill.InstallId;
import skillrunner.domain.skill.InstallStatus;
import skillrunner.domain.skill.SkillInstall;

/**
 * Ends the installations that were queued or running when the server ended, and takes back what they had half done. One
 * whose package was in its place already succeeded. To be called before serving.
 */
public final class ReconcileInstalls {
    private static final System.Logger LOG = System.getLogger(ReconcileInstalls.class.getName());
    private static final String RESTARTED = "Interrupted by server restart";

    private final SkillInstalls installs;
    private final SkillPackages packages;
    private final Patience.Rest rest;
    private final Clock clock;

    /**
     * Takes its collaborators.
     *
     * @param installs knows the installations
     * @param packages takes back what was half done
     * @param background lets it wait for a store that can't be used
     * @param clock dates the end
     */
    public ReconcileInstalls(SkillInstalls installs, SkillPackages packages, BackgroundTasks background, Clock clock) {
        this.installs = Objects.requireNonNull(installs);
        this.packages = Objects.requireNonNull(packages);
        this.rest = background.bell()::await;
        this.clock = Objects.requireNonNull(clock);
    }

    /**
     * Repairs the installed skills first, then ends the installations.
     *
     * @return how many were queued or running
     */
    public int reconcile() {
        Map<InstallId, InstallAction> published = packages.recover();
        List<SkillInstall> open = Patience.with(RetryPolicy.START, rest, installs::open);
        for (SkillInstall install : open) {
            try {
                end(install, published);
            } catch (RuntimeException e) {
                // It stays open and is met by the next start; the server serves everybody else meanwhile.
                LOG.log(System.Logger.Level.ERROR, "install request_id=" + install.id() + " can't be ended", e);
            }
        }
        published.keySet().forEach(this::forget);
        return open.size();
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
        boolean saved = Patience.with(RetryPolicy.START, rest, () -> installs.save(install, ended));
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
