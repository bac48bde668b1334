package skillrunner.application.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import skillrunner.application.engine.TurnOutcome;
import skillrunner.application.json.JsonText;
import skillrunner.application.json.SchemaValidator;
import skillrunner.domain.run.OutputCandidates;
import skillrunner.domain.run.OutputContract;
import skillrunner.domain.run.RunFailure;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.TurnFacts;
import skillrunner.domain.run.Verdict;
import skillrunner.domain.run.VerdictPolicy;

/** Gathers what is known about an ended turn and has it judged. */
public final class TurnJudge {
    private static final String DONE_MARKER = "__SKILL_DONE__";

    private final RunArtifacts artifacts;
    private final JsonText json;
    private final SchemaValidator schemas;

    /**
     * Takes its collaborators.
     *
     * @param artifacts finds the files
     * @param json reads the answer
     * @param schemas checks the answer
     */
    public TurnJudge(RunArtifacts artifacts, JsonText json, SchemaValidator schemas) {
        this.artifacts = Objects.requireNonNull(artifacts);
        this.json = Objects.requireNonNull(json);
        this.schemas = Objects.requireNonNull(schemas);
    }

    /**
     * Judges a turn.
     *
     * @param run the run
     * @param contract what the output is judged by
     * @param cancelRequested whether somebody asked for the end
     * @param stopped why the server ended the process, if it did
     * @param exitCode its exit code, if it left one
     * @param outcome what the parser read
     * @return the verdict
     */
    Verdict judge(
            RunId run,
            OutputContract contract,
            boolean cancelRequested,
            Optional<RunFailure> stopped,
            Optional<Integer> exitCode,
            TurnOutcome outcome) {
        Optional<TurnFacts.Answer> answer = outcome.finalText().flatMap(this::answer);
        List<String> breaches = answer.map(found -> schemas.validate(contract.schema(), found.data()))
                .orElse(List.of());
        List<String> present = artifacts.list(run);
        List<String> missing = contract.requiredArtifacts().stream()
                .filter(path -> !present.contains(path))
                .toList();
        return VerdictPolicy.decide(new TurnFacts(
                cancelRequested,
                stopped,
                outcome.signInWanted(),
                exitCode,
                outcome.closing(),
                answer,
                breaches,
                missing));
    }

    private Optional<TurnFacts.Answer> answer(String text) {
        for (OutputCandidates.Candidate candidate : OutputCandidates.in(text)) {
            Optional<Map<String, Object>> object = json.parseObject(candidate.text());
            if (object.isPresent()) {
                Map<String, Object> data = new LinkedHashMap<>(object.get());
                data.remove(DONE_MARKER);
                return Optional.of(new TurnFacts.Answer(data, candidate.repair()));
            }
        }
        return Optional.empty();
    }
}
