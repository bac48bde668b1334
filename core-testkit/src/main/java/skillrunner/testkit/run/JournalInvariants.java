package skillrunner.testkit.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import skillrunner.application.run.journal.EventSchemas;
import skillrunner.application.run.journal.RunJournal;
import skillrunner.domain.journal.FcmpDraft;
import skillrunner.domain.journal.FcmpType;
import skillrunner.domain.journal.JournalStream;
import skillrunner.domain.journal.MoveEvents;
import skillrunner.domain.run.RunFailureCode;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.RunLifecycle;
import skillrunner.domain.run.RunMove;
import skillrunner.domain.run.RunStatus;
import skillrunner.domain.state.TransitionTable;
import skillrunner.testkit.json.StrictJson;

/**
 * What holds of every journal, however it came about: numbers, times, form, and the story that its events tell. What holds of the
 * bytes that they came from is told by {@link JournalRanges}. For one thread.
 */
public final class JournalInvariants {
    private static final EventSchemas SCHEMAS = new EventSchemas(new StrictJson());
    private static final Set<String> LEGAL = legal();
    private static final Set<String> ANSWERS = Set.of("interaction.reply.accepted", "interaction.auto_decide.timeout");
    private static final String CHANGED = "conversation.state.changed";
    private static final String MESSAGE = "assistant.message.final";

    private final RunJournal journal;
    private final RunId run;

    /**
     * Looks at a journal.
     *
     * @param journal the journal
     * @param run of which run
     */
    public JournalInvariants(RunJournal journal, RunId run) {
        this.journal = journal;
        this.run = run;
    }

    /**
     * Checks everything.
     *
     * @throws AssertionError if something does not hold
     */
    public void check() {
        List<Map<String, Object>> shown = new ArrayList<>();
        List<Integer> attempts = journal.attempts(run);
        for (int attempt : attempts) {
            List<Map<String, Object>> facts = rows(JournalStream.ORCHESTRATOR, attempt);
            List<Map<String, Object>> told = rows(JournalStream.RASP, attempt);
            List<Map<String, Object>> ofAttempt = rows(JournalStream.FCMP, attempt);
            form(JournalStream.ORCHESTRATOR, facts);
            form(JournalStream.RASP, told);
            form(JournalStream.FCMP, ofAttempt);
            numbered(facts, JournalStream.ORCHESTRATOR);
            numbered(told, JournalStream.RASP);
            times(facts);
            times(told);
            local(ofAttempt, attempt);
            rawRows(told, ofAttempt);
            messages(ofAttempt, attempt);
            started(facts, attempt < attempts.size());
            shown.addAll(ofAttempt);
        }
        numbered(shown, JournalStream.FCMP);
        times(shown);
        states(shown);
        questions(shown);
        uniqueIds(shown);
    }

    private void form(JournalStream stream, List<Map<String, Object>> rows) {
        for (Map<String, Object> row : rows) {
            Optional<String> breach = SCHEMAS.breach(stream, row);
            require(breach.isEmpty(), "without the promised form: " + breach + " of ", row);
        }
    }

    private static void numbered(List<Map<String, Object>> rows, JournalStream stream) {
        for (int i = 0; i < rows.size(); i++) {
            require(number(rows.get(i), "seq") == i + 1L, "number " + (i + 1) + " of " + stream + " is ", rows.get(i));
        }
    }

    private static void times(List<Map<String, Object>> rows) {
        String last = "";
        for (Map<String, Object> row : rows) {
            String at = text(row, "ts");
            require(at.compareTo(last) >= 0, "earlier than the one before: ", row);
            last = at;
        }
    }

    private static void local(List<Map<String, Object>> rows, int attempt) {
        for (int i = 0; i < rows.size(); i++) {
            Map<?, ?> meta = object(rows.get(i), "meta");
            require(number(meta, "attempt") == attempt, "not of attempt " + attempt + ": ", rows.get(i));
            require(number(meta, "local_seq") == i + 1L, "number " + (i + 1) + " in the attempt is ", rows.get(i));
        }
    }

    private static void rawRows(List<Map<String, Object>> told, List<Map<String, Object>> shown) {
        List<String> all = told.stream()
                .filter(row -> text(object(row, "event"), "type").startsWith("raw."))
                .map(row -> text(data(row), "line"))
                .toList();
        List<String> seen = shown.stream()
                .filter(row -> type(row).startsWith("raw."))
                .map(row -> text(data(row), "line"))
                .toList();
        long suppressed = shown.stream()
                .map(row -> data(row).get("suppressed_count"))
                .filter(Number.class::isInstance)
                .mapToLong(count -> ((Number) count).longValue())
                .sum();
        int next = 0;
        for (String line : all) {
            next += next < seen.size() && seen.get(next).equals(line) ? 1 : 0;
        }
        require(
                next == seen.size(),
                "raw lines are shown that were not told, or in another order: " + seen + " of ",
                all);
        boolean closed = shown.stream().anyMatch(row -> type(row).equals("conversation.completed"));
        require(
                !closed || all.size() - seen.size() == suppressed,
                suppressed + " lines are said to be left out of " + all.size() + ", shown are ",
                seen);
    }

    private static void messages(List<Map<String, Object>> shown, int attempt) {
        boolean closed = false;
        boolean answered = attempt == 1;
        Set<String> texts = new HashSet<>();
        for (Map<String, Object> row : shown) {
            answered |= ANSWERS.contains(type(row));
            if (type(row).equals(MESSAGE)) {
                require(answered, "said before the answer that opens the attempt: ", row);
                require(!closed, "said behind the end of the attempt: ", row);
                require(texts.add(text(data(row), "text").strip()), "said twice: ", row);
            }
            closed |= type(row).equals(CHANGED) && !Set.of("queued", "running").contains(text(data(row), "to"));
        }
    }

    private static void started(List<Map<String, Object>> facts, boolean ended) {
        long starts = count(facts, Set.of("lifecycle.run.started"));
        long ends = count(facts, Set.of("lifecycle.run.terminal", "lifecycle.run.canceled"));
        long asked = count(facts, Set.of("interaction.user_input.required"));
        require(starts <= 1 && ends <= 1 && asked <= 1, "an attempt that begins or ends twice: ", facts);
        require(!ended || starts == 0 || ends + asked > 0, "an attempt that does not end: ", facts);
    }

    private static long count(List<Map<String, Object>> rows, Set<String> types) {
        return rows.stream().filter(row -> types.contains(type(row))).count();
    }

    private static void states(List<Map<String, Object>> shown) {
        String state = "queued";
        Map<String, Integer> ends = new HashMap<>();
        for (Map<String, Object> row : shown) {
            if (type(row).equals(CHANGED)) {
                Map<?, ?> data = data(row);
                require(!RunStatus.of(state).isTerminal(), "behind the end: ", row);
                require(text(data, "from").equals(state), "does not go on from " + state + ": ", row);
                String move = text(data, "from") + ">" + text(data, "to") + ":" + text(data, "trigger");
                require(LEGAL.contains(move), "no move that there is: ", row);
                state = text(data, "to");
            }
            if (type(row).equals("conversation.completed") || type(row).equals("conversation.failed")) {
                ends.merge(type(row), 1, Integer::sum);
            }
        }
        Map<String, Integer> wanted = state.equals("succeeded")
                ? Map.of("conversation.completed", 1)
                : RunStatus.of(state).isTerminal() ? Map.of("conversation.failed", 1) : Map.of();
        require(ends.equals(wanted), "does not fit the end " + state + ": ", ends);
    }

    private static void questions(List<Map<String, Object>> shown) {
        Set<Object> answered = new HashSet<>();
        for (int i = 0; i < shown.size(); i++) {
            Map<String, Object> row = shown.get(i);
            Map<String, Object> next = i + 1 < shown.size() ? shown.get(i + 1) : Map.of();
            if (ANSWERS.contains(type(row))) {
                require(answered.add(String.valueOf(data(row).get("interaction_id"))), "answered twice: ", row);
                require(
                        type(next).equals(CHANGED)
                                && text(data(next), "trigger").equals(type(row)),
                        "an answer without its change: ",
                        row);
            }
            boolean asks = type(row).equals(CHANGED) && text(data(row), "to").equals("waiting_user");
            if (asks) {
                require(
                        type(next).equals("user.input.required")
                                && String.valueOf(data(next).get("interaction_id"))
                                        .equals(String.valueOf(data(row).get("pending_interaction_id"))),
                        "waits without a question: ",
                        row);
            }
            require(
                    !type(row).equals("user.input.required")
                            || (i > 0 && text(data(shown.get(i - 1)), "to").equals("waiting_user")),
                    "asks without waiting: ",
                    row);
        }
    }

    private static void uniqueIds(List<Map<String, Object>> shown) {
        Set<String> ids = new HashSet<>();
        for (Map<String, Object> row : shown) {
            require(
                    !type(row).equals(MESSAGE) || ids.add(text(data(row), "message_id")),
                    "two messages of one name: ",
                    row);
        }
    }

    /** Every change that the table of moves allows, as it is shown. */
    private static Set<String> legal() {
        Set<String> legal = new HashSet<>();
        for (TransitionTable.Row<RunStatus, RunLifecycle.Event> row : RunLifecycle.TABLE.rows()) {
            RunMove move = new RunMove(
                    new RunId("00000000-0000-4000-8000-000000000001"),
                    1,
                    2,
                    row.from(),
                    row.on(),
                    row.to(),
                    Optional.of(RunFailureCode.INTERNAL_ERROR),
                    RunFixtures.NOW);
            for (FcmpDraft draft : MoveEvents.fcmp(move, MoveEvents.Facts.NONE)) {
                if (draft.type() == FcmpType.STATE_CHANGED) {
                    legal.add(row.from().wire() + ">" + row.to().wire() + ":" + text(draft.data(), "trigger"));
                }
            }
        }
        return legal;
    }

    private List<Map<String, Object>> rows(JournalStream stream, int attempt) {
        List<Map<String, Object>> rows = new ArrayList<>();
        journal.scan(run, stream, attempt, rows::add);
        return rows;
    }

    private static String type(Map<String, Object> row) {
        return text(row, "type");
    }

    private static Map<?, ?> data(Map<String, Object> row) {
        return object(row, "data");
    }

    static Map<?, ?> object(Map<?, ?> row, String name) {
        return row.get(name) instanceof Map<?, ?> map ? map : Map.of();
    }

    static String text(Map<?, ?> values, String name) {
        return String.valueOf(values.get(name));
    }

    static long number(Map<?, ?> row, String name) {
        return row.get(name) instanceof Number number ? number.longValue() : -1;
    }

    static void require(boolean holds, String breach, Object what) {
        if (!holds) {
            throw new AssertionError("an event " + breach + what);
        }
    }
}
