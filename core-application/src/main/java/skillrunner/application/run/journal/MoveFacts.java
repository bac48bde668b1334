package skillrunner.application.run.journal;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import skillrunner.application.run.Attempts;
import skillrunner.application.run.Runs;
import skillrunner.application.run.interaction.Interactions;
import skillrunner.domain.interaction.Interaction;
import skillrunner.domain.journal.CompletionPolicy;
import skillrunner.domain.journal.DoneMarkers;
import skillrunner.domain.journal.MoveEvents;
import skillrunner.domain.output.OutputPosition;
import skillrunner.domain.run.Attempt;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunFailure;
import skillrunner.domain.run.RunMove;
import skillrunner.domain.run.RunReceipt;

/** Finds what is known beside a move. What is found depends on what is stored alone. Safe for concurrent use. */
final class MoveFacts {
    private final Runs runs;
    private final Attempts attempts;
    private final Interactions interactions;
    private final OutputBehind output;

    MoveFacts(Runs runs, Attempts attempts, Interactions interactions, OutputBehind output) {
        this.runs = Objects.requireNonNull(runs);
        this.attempts = Objects.requireNonNull(attempts);
        this.interactions = Objects.requireNonNull(interactions);
        this.output = Objects.requireNonNull(output);
    }

    MoveEvents.Facts of(RunMove move, DoneMarkers markers) {
        Optional<Interaction> question = MoveEvents.asking(move)
                .flatMap(attempt -> interactions.all(move.run()).stream()
                        .filter(asked -> asked.attempt() == attempt)
                        .findFirst());
        if (!MoveEvents.endsAttempt(move)) {
            return new MoveEvents.Facts(Optional.empty(), Optional.empty(), question);
        }
        Optional<Run> end = runs.find(move.run()).filter(run -> run.status() == move.to());
        Optional<Integer> exitCode = attempts.find(move.run(), move.attempt())
                .flatMap(Attempt::receipt)
                .flatMap(RunReceipt::exitCode);
        return new MoveEvents.Facts(
                Optional.of(CompletionPolicy.of(new CompletionPolicy.Facts(
                        move.to(),
                        move.failure(),
                        exitCode,
                        end.map(Run::warnings).orElse(List.of()),
                        markers))),
                end.flatMap(Run::failure).map(RunFailure::message),
                question);
    }

    /** Whether the attempt that ends wrote more than was told. */
    boolean isCutOff(RunMove move, OutputPosition told) {
        return output.isThere(move.run(), move.attempt(), told);
    }
}
