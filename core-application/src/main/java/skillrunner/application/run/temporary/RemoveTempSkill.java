package skillrunner.application.run.temporary;

import java.util.Objects;
import skillrunner.domain.run.RequestKind;
import skillrunner.domain.run.RunRequest;
import skillrunner.domain.run.TempFilesPolicy;

/**
 * Removes the skill of a request whose run needs it no more. That it can't be removed is no reason against the end of a run:
 * {@link SweepTempSkills} comes by later. Safe for concurrent use.
 */
public final class RemoveTempSkill {
    private static final System.Logger LOG = System.getLogger(RemoveTempSkill.class.getName());

    private final TempPackages packages;

    public RemoveTempSkill(TempPackages packages) {
        this.packages = Objects.requireNonNull(packages);
    }

    /**
     * Removes the skill of a request, if it is a temporary one that its client does not want to look at afterwards. May be
     * repeated.
     *
     * @param request a request whose run starts nothing any more
     */
    public void afterRun(RunRequest request) {
        if (request.kind() == RequestKind.JOB || TempFilesPolicy.isKept(request)) {
            return;
        }
        try {
            packages.remove(request.id());
        } catch (RuntimeException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "request " + request.id() + ": its temporary skill could not be removed yet: " + e.getMessage());
        }
    }
}
