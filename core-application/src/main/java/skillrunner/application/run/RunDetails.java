package skillrunner.application.run;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import skillrunner.domain.run.Attempt;
import skillrunner.domain.run.EngineTold;
import skillrunner.domain.run.ProcessIsolation;
import skillrunner.domain.run.ProcessesEnded;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunMilestone;
import skillrunner.domain.run.RunReceipt;
import skillrunner.domain.run.RunRequest;

/**
 * A run in full, as whoever looks after it sees it.
 *
 * @param request the request that was asked about
 * @param run the run that serves it
 * @param isolation what keeps the processes of its present attempt together; empty as long as nothing was started for it
 * @param milestones how it came to where it is, oldest first
 * @param receipt the proof of its output; empty while it works
 * @param processes how the processes of its newest attempt ended; empty while it works, and for runs of earlier versions
 * @param told what its engine told of its own work so far
 * @param attempts its turns as far as they were begun, oldest first
 */
public record RunDetails(
        RunRequest request,
        Run run,
        Optional<ProcessIsolation> isolation,
        List<RunMilestone> milestones,
        Optional<RunReceipt> receipt,
        Optional<ProcessesEnded> processes,
        EngineTold told,
        List<Attempt> attempts) {
    /** Copies the lists and refuses null parts. */
    public RunDetails {
        Objects.requireNonNull(request);
        Objects.requireNonNull(run);
        Objects.requireNonNull(isolation);
        milestones = List.copyOf(milestones);
        Objects.requireNonNull(receipt);
        Objects.requireNonNull(processes);
        Objects.requireNonNull(told);
        attempts = List.copyOf(attempts);
    }
}
