package skillrunner.application.run.admission;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import skillrunner.application.engine.CliSource;
import skillrunner.application.run.turn.ForeseenFailure;
import skillrunner.domain.engine.CliVersion;
import skillrunner.domain.problem.Refusal;

/**
 * What would happen to a request if it were sent now.
 *
 * @param command the name of the program and its arguments, without secrets and without the prompt; empty if a refusal keeps
 *     it from being built
 * @param environment names of the variables that the program would see
 * @param cli the engine's program; empty if the engine is not known or not in use
 * @param model the model, if the client chose one that there is
 * @param snapshot the file in which the model was found
 * @param prompt what the engine would be told
 * @param filesExpected the files that the skill takes
 * @param cache whether an earlier run answers; empty if the run is never reused or that can't be told
 * @param queue where the run would wait
 * @param warnings what may go wrong, as the answer to the request would say
 * @param refusals everything that creating would refuse
 * @param failures everything that creating accepts and the run would fail with at once
 */
public record Explanation(
        List<String> command,
        List<String> environment,
        Optional<Cli> cli,
        Optional<String> model,
        Optional<String> snapshot,
        Optional<String> prompt,
        List<ExpectedFile> filesExpected,
        Optional<Cached> cache,
        Queue queue,
        List<String> warnings,
        List<Refusal> refusals,
        List<ForeseenFailure> failures) {
    /** Copies the lists and refuses null parts. */
    public Explanation {
        command = List.copyOf(command);
        environment = List.copyOf(environment);
        Objects.requireNonNull(cli);
        Objects.requireNonNull(model);
        Objects.requireNonNull(snapshot);
        Objects.requireNonNull(prompt);
        filesExpected = List.copyOf(filesExpected);
        Objects.requireNonNull(cache);
        Objects.requireNonNull(queue);
        warnings = List.copyOf(warnings);
        refusals = List.copyOf(refusals);
        failures = List.copyOf(failures);
    }

    /**
     * An engine's program.
     *
     * @param version its version, as far as it can be told soon
     * @param source which installation is used
     */
    public record Cli(Optional<CliVersion> version, CliSource source) {
        /** Refuses null parts. */
        public Cli {
            Objects.requireNonNull(version);
            Objects.requireNonNull(source);
        }
    }

    /**
     * A file that comes by upload.
     *
     * @param key its name in the upload; {@value #ANY} for any other
     * @param required whether the run fails without it
     */
    public record ExpectedFile(String key, boolean required) {
        /** Stands for files of names that the skill does not know. */
        public static final String ANY = "*";

        /** Refuses null. */
        public ExpectedFile {
            Objects.requireNonNull(key);
        }
    }

    /**
     * What is known of earlier answers.
     *
     * @param key the digest of the question; empty while its files are not known
     * @param hit whether an earlier run answers it
     */
    public record Cached(Optional<String> key, boolean hit) {
        /** Refuses null. */
        public Cached {
            Objects.requireNonNull(key);
        }
    }

    /**
     * Where a run would wait.
     *
     * @param position its place among the waiting, 1 for the next; empty if it would not wait: it is refused, or an earlier
     *     run answers
     * @param length how many wait now
     * @param slots how many work at once
     */
    public record Queue(Optional<Integer> position, int length, int slots) {
        /** Refuses null. */
        public Queue {
            Objects.requireNonNull(position);
        }
    }
}
