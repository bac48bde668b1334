package skillrunner.application.run.interaction;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import skillrunner.application.run.Attempts;
import skillrunner.application.run.Runs;
import skillrunner.application.run.StatusRecords;
import skillrunner.application.storage.StorageFullException;
import skillrunner.application.storage.UnavailableException;
import skillrunner.domain.interaction.Interaction;
import skillrunner.domain.run.AgentProcess;
import skillrunner.domain.run.Attempt;
import skillrunner.domain.run.InteractiveProfile;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.RunRequest;

/**
 * Keeps the files that show a run's questions as the store has them. Whoever stored a change calls it; what can't be shown is
 * logged and changes nothing else. Safe for concurrent use.
 */
public final class ShowInteractions {
    private static final System.Logger LOG = System.getLogger(ShowInteractions.class.getName());

    private final Runs runs;
    private final Attempts attempts;
    private final Interactions interactions;
    private final StatusRecords records;
    private final InteractiveProfiles profiles;
    private final InteractionMirror mirror;

    /** Of two who show the same run the later one reads what the earlier one has seen, or more. */
    private final List<ReentrantLock> locks =
            Stream.generate(ReentrantLock::new).limit(64).toList();

    public ShowInteractions(
            Runs runs,
            Attempts attempts,
            Interactions interactions,
            StatusRecords records,
            InteractiveProfiles profiles,
            InteractionMirror mirror) {
        this.runs = Objects.requireNonNull(runs);
        this.attempts = Objects.requireNonNull(attempts);
        this.interactions = Objects.requireNonNull(interactions);
        this.records = Objects.requireNonNull(records);
        this.profiles = Objects.requireNonNull(profiles);
        this.mirror = Objects.requireNonNull(mirror);
    }

    /**
     * Shows the questions of a run; does nothing for one that may not ask.
     *
     * @param id the run
     */
    public void show(RunId id) {
        shown(id, () -> runs.find(id).ifPresent(run -> mirrored(run, interactions.all(id))));
    }

    /**
     * Shows what is about to be stored, so that whoever sees it stored finds the files. If it is not stored after all, {@link #show}
     * has to follow.
     *
     * @param run the run as it will be
     * @param asked the question that it will ask, if it will
     */
    public void showAhead(Run run, Optional<Interaction> asked) {
        shown(
                run.id(),
                () -> mirrored(
                        run,
                        Stream.concat(interactions.all(run.id()).stream(), asked.stream())
                                .toList()));
    }

    /**
     * Shows the questions of a run that was taken out of its waiting, and where it stands now.
     *
     * @param id the run
     */
    public void showAnswered(RunId id) {
        shown(id, () -> {
            Optional<Run> stored = runs.find(id);
            Optional<Run> written = Optional.empty();
            // Whoever goes on with the run writes where it stands as well; the last word is what is stored.
            while (!stored.equals(written)) {
                stored.ifPresent(this::status);
                written = stored;
                stored = runs.find(id);
            }
            stored.ifPresent(run -> mirrored(run, interactions.all(id)));
        });
    }

    private void shown(RunId id, Runnable showing) {
        ReentrantLock lock = locks.get(Math.floorMod(id.hashCode(), locks.size()));
        lock.lock();
        try {
            showing.run();
        } catch (UnavailableException | StorageFullException | UncheckedIOException e) {
            LOG.log(System.Logger.Level.WARNING, "the questions of run " + id + " can't be shown now", e);
        } finally {
            lock.unlock();
        }
    }

    private void status(Run run) {
        // What has ended writes its status by itself, before anybody can see its end.
        if (!run.status().isTerminal()) {
            request(run)
                    .ifPresent(request ->
                            records.writeStatus(run, request.options().sessionTimeoutSeconds()));
        }
    }

    private void mirrored(Run run, List<Interaction> questions) {
        Optional<InteractiveProfile> profile = request(run).flatMap(request -> profiles.of(run, request));
        profile.ifPresent(present -> mirror.show(
                run.id(),
                new InteractiveState(
                        run.status(), run.attempt(), present, process(run), session(run), questions, run.updatedAt())));
    }

    private Optional<RunRequest> request(Run run) {
        return runs.findRequest(run.requestId());
    }

    private Optional<AgentProcess> process(Run run) {
        return run.keepsEngine() ? attempts.find(run.id(), run.attempt()).flatMap(Attempt::process) : Optional.empty();
    }

    /** A turn that has not named it yet goes on with that of the turn before. */
    private Optional<InteractiveState.Session> session(Run run) {
        return Stream.of(run.attempt(), run.attempt() - 1)
                .filter(number -> number > 0)
                .flatMap(number -> attempts.find(run.id(), number).stream())
                .filter(attempt -> attempt.session().isPresent())
                .findFirst()
                .map(attempt -> new InteractiveState.Session(
                        run.engine(), attempt.session().orElseThrow(), attempt.number()));
    }
}
