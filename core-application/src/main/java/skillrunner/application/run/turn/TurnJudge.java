package skillrunner.application.run.turn;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import skillrunner.application.engine.TurnOutcome;
import skillrunner.application.json.JsonText;
import skillrunner.application.json.SchemaValidator;
import skillrunner.application.run.result.RunArtifacts;
import skillrunner.domain.interaction.QuestionRules;
import skillrunner.domain.journal.DoneMarkers;
import skillrunner.domain.run.Attempt;
import skillrunner.domain.run.OutputCandidates;
import skillrunner.domain.run.OutputContract;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.TurnEnd;
import skillrunner.domain.run.TurnFacts;
import skillrunner.domain.run.Verdict;
import skillrunner.domain.run.VerdictPolicy;
import skillrunner.domain.skill.AnswerFileKeys;
import skillrunner.domain.skill.ExecutionMode;

/** Gathers what is known about an ended turn and has it judged. */
public final class TurnJudge {
    private static final String DONE_MARKER = "__SKILL_DONE__";

    private record Judged(Optional<TurnFacts.Answer> answer, List<String> breaches) {
        static final Judged NONE = new Judged(Optional.empty(), List.of());

        boolean done() {
            return answer.filter(TurnFacts.Answer::done).isPresent();
        }
    }

    private final RunArtifacts artifacts;
    private final AnswerFiles files;
    private final JsonText json;
    private final SchemaValidator schemas;
    private final QuestionHints hints;

    public TurnJudge(
            RunArtifacts artifacts, AnswerFiles files, JsonText json, SchemaValidator schemas, QuestionHints hints) {
        this.artifacts = Objects.requireNonNull(artifacts);
        this.files = Objects.requireNonNull(files);
        this.json = Objects.requireNonNull(json);
        this.schemas = Objects.requireNonNull(schemas);
        this.hints = Objects.requireNonNull(hints);
    }

    /**
     * Judges a turn.
     *
     * @param run the run
     * @param attempt the turn, with what its output is judged by
     * @param mode whether the run may ask its user
     * @param end how the turn ended
     * @param outcome what the parser read
     * @return the verdict
     */
    public Verdict judge(RunId run, Attempt attempt, ExecutionMode mode, TurnEnd end, TurnOutcome outcome) {
        OutputContract contract = attempt.contract();
        boolean mayAsk = mode == ExecutionMode.INTERACTIVE;
        Judged judged = outcome.finalText()
                .map(text -> judged(text, contract.schema(), mayAsk))
                .orElse(Judged.NONE);
        RunArtifacts.Listing found = artifacts.list(run);
        Set<String> present = new HashSet<>(found.paths());
        if (!found.complete()) {
            // What is asked for counts also behind the end of the list.
            contract.requiredArtifacts().stream()
                    .filter(path -> artifacts.open(run, path).isPresent())
                    .forEach(present::add);
        }
        List<String> breaches = new ArrayList<>(judged.breaches());
        judged.answer().ifPresent(answer -> AnswerFileKeys.in(contract.schema())
                .forEach(key -> takeNamed(run, key, answer.data().get(key), present, breaches)));
        List<String> missing = contract.requiredArtifacts().stream()
                .filter(path -> !present.contains(path))
                .toList();
        Verdict verdict = VerdictPolicy.decide(new TurnFacts(
                end,
                outcome.signIn(),
                outcome.closing(),
                outcome.answerTooLarge(),
                outcome.fileRefusal(),
                judged.answer(),
                breaches,
                missing,
                mayAsk ? Optional.of(dialogue(attempt, end, outcome, judged)) : Optional.empty()));
        return verdict instanceof Verdict.Asks asks ? new Verdict.Asks(asks.asked(), outcome.heldBack()) : verdict;
    }

    /** A file under the name of the member itself will do, whatever the answer says. */
    private void takeNamed(RunId run, String key, @Nullable Object named, Set<String> present, List<String> breaches) {
        String usual = "artifacts/" + key;
        if (named instanceof String path && !path.isBlank() && !present.contains(usual)) {
            AnswerFiles.Taking taking = files.take(run, path);
            if (taking instanceof AnswerFiles.Taking.Refused refused) {
                breaches.add("/" + key + ": the file that the answer names can't be taken: " + refused.reason());
            }
            // One message for one fault: what is refused is not missing as well.
            present.add(usual);
        }
    }

    private static boolean canBeAnswered(Attempt attempt, TurnEnd end, TurnOutcome outcome) {
        return switch (attempt.kind()) {
            case STICKY_PROCESS -> end.kept();
            case RESUMABLE ->
                outcome.sessionHandle().isPresent() || attempt.session().isPresent();
        };
    }

    private TurnFacts.Dialogue dialogue(Attempt attempt, TurnEnd end, TurnOutcome outcome, Judged judged) {
        String words = outcome.finalText().orElse("");
        Optional<Map<String, Object>> asking =
                judged.answer().map(TurnFacts.Answer::data).flatMap(QuestionRules::asking);
        return new TurnFacts.Dialogue(
                // Whoever says so asks nothing more, and be it in an answer that can't be read.
                judged.done() || DoneMarkers.isIn(words),
                asking.isPresent(),
                asking.map(part -> QuestionRules.read(part, "")).orElseGet(() -> hints.question(asked(words))),
                attempt.contract().maxAttempt(),
                attempt.number(),
                attempt.number() > 1,
                outcome.sessionHandle().isPresent(),
                outcome.conversationLost(),
                attempt.kind(),
                canBeAnswered(attempt, end, outcome));
    }

    /** What an agent thinks is no part of its question, unless it says nothing else. */
    private static String asked(String words) {
        String spoken = OutputCandidates.withoutThoughts(words);
        return spoken.isBlank() ? words : spoken;
    }

    /** The last candidate that fits wins, one that is marked as done before any other; if none does, the last one is the answer and its breaches are told. */
    private Judged judged(String text, Map<String, Object> schema, boolean marked) {
        List<OutputCandidates.Candidate> candidates = OutputCandidates.in(text);
        Judged last = Judged.NONE;
        Optional<Judged> fitting = Optional.empty();
        for (int i = candidates.size() - 1; i >= 0; i--) {
            Optional<Map<String, Object>> object =
                    json.parseObject(candidates.get(i).text());
            if (object.isPresent()) {
                Map<String, Object> data = new LinkedHashMap<>(object.get());
                boolean done = Boolean.TRUE.equals(data.remove(DONE_MARKER));
                Judged judged = new Judged(
                        Optional.of(new TurnFacts.Answer(data, candidates.get(i).repair(), done)),
                        schemas.validate(schema, data));
                if (marked && done) {
                    return judged;
                }
                if (fitting.isEmpty()
                        && (judged.breaches().isEmpty()
                                || judged.breaches().get(0).startsWith(SchemaValidator.GIVEN_UP))) {
                    if (!marked) {
                        return judged;
                    }
                    fitting = Optional.of(judged);
                }
                last = last.answer().isPresent() ? last : judged;
            }
        }
        return fitting.orElse(last);
    }
}
