package skillrunner.http.run;

import java.util.List;
import org.jspecify.annotations.Nullable;
import skillrunner.application.engine.CliSource;
import skillrunner.application.run.admission.Explanation;
import skillrunner.application.run.turn.ForeseenFailure;
import skillrunner.domain.engine.CliVersion;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.FieldError;
import skillrunner.domain.problem.Refusal;
import skillrunner.domain.run.RunFailureCode;

/** What would become of a request, on the wire. */
record ExplainJson(
        List<String> command,
        List<String> environment,
        @Nullable Cli cli,
        @Nullable String model,
        @Nullable String snapshot,
        @Nullable String prompt,
        List<ExpectedFile> filesExpected,
        @Nullable Cache cache,
        Queue queue,
        List<String> warnings,
        List<Refused> refusals,
        List<Failure> failures) {

    static ExplainJson of(Explanation told) {
        return new ExplainJson(
                told.command(),
                told.environment(),
                told.cli()
                        .map(cli -> new Cli(cli.version().orElse(null), cli.source()))
                        .orElse(null),
                told.model().orElse(null),
                told.snapshot().orElse(null),
                told.prompt().orElse(null),
                told.filesExpected().stream()
                        .map(file -> new ExpectedFile(file.key(), file.required()))
                        .toList(),
                told.cache()
                        .map(cache -> new Cache(cache.key().orElse(null), cache.hit()))
                        .orElse(null),
                new Queue(
                        told.queue().position().orElse(null),
                        told.queue().length(),
                        told.queue().slots()),
                told.warnings(),
                told.refusals().stream().map(Refused::of).toList(),
                told.failures().stream().map(Failure::of).toList());
    }

    record Cli(@Nullable CliVersion version, CliSource source) {}

    record ExpectedFile(String key, boolean required) {}

    record Cache(@Nullable String key, boolean hit) {}

    record Queue(@Nullable Integer position, int length, int slots) {}

    record Place(String pointer, String detail) {
        static List<Place> all(List<FieldError> errors) {
            return errors.stream()
                    .map(error -> new Place(error.pointer(), error.detail()))
                    .toList();
        }
    }

    record Refused(ErrorCode code, String detail, List<Place> errors) {
        static Refused of(Refusal refusal) {
            return new Refused(refusal.code(), refusal.detail(), Place.all(refusal.errors()));
        }
    }

    record Failure(RunFailureCode code, String detail, List<Place> errors) {
        static Failure of(ForeseenFailure failure) {
            return new Failure(failure.code(), failure.detail(), Place.all(failure.places()));
        }
    }
}
