package skillrunner.application.run.journal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import skillrunner.domain.journal.JournalStream;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.RunStatus;
import skillrunner.testkit.json.StrictJson;

import static org.assertj.core.api.Assertions.assertThat;

/** What holds of every journal, however it came about. */
final class JournalInvariants {
    private final RunJournal journal;
    private final RunId run;
    private final EventSchemas schemas = new EventSchemas(new StrictJson());

    JournalInvariants(RunJournal journal, RunId run) {
        this.journal = journal;
        this.run = run;
    }

    void check() {
        List<Map<String, Object>> shown = new ArrayList<>();
        for (int attempt : journal.attempts(run)) {
            List<Map<String, Object>> facts = rows(JournalStream.ORCHESTRATOR, attempt);
            List<Map<String, Object>> told = rows(JournalStream.RASP, attempt);
            List<Map<String, Object>> ofAttempt = rows(JournalStream.FCMP, attempt);
            numbered(facts);
            numbered(told);
            form(JournalStream.ORCHESTRATOR, facts);
            form(JournalStream.RASP, told);
            form(JournalStream.FCMP, ofAttempt);
            times(facts);
            times(told);
            local(ofAttempt, attempt);
            rawRows(told, ofAttempt);
            messages(ofAttempt);
            started(facts);
            shown.addAll(ofAttempt);
        }
        numbered(shown);
        times(shown);
        states(shown);
        uniqueIds(shown);
    }

    private static void numbered(List<Map<String, Object>> rows) {
        for (int i = 0; i < rows.size(); i++) {
            assertThat(number(rows.get(i), "seq")).isEqualTo(i + 1L);
        }
    }

    private void form(JournalStream stream, List<Map<String, Object>> rows) {
        rows.forEach(
                row -> assertThat(schemas.breach(stream, row)).as("%s", row).isEmpty());
    }

    private static void times(List<Map<String, Object>> rows) {
        assertThat(rows.stream().map(row -> String.valueOf(row.get("ts"))).toList())
                .isSorted();
    }

    private static void local(List<Map<String, Object>> rows, int attempt) {
        for (int i = 0; i < rows.size(); i++) {
            Map<?, ?> meta = object(rows.get(i), "meta");
            assertThat(number(meta, "attempt")).isEqualTo(attempt);
            assertThat(number(meta, "local_seq")).isEqualTo(i + 1L);
        }
    }

    private static void rawRows(List<Map<String, Object>> told, List<Map<String, Object>> shown) {
        List<String> all = new ArrayList<>();
        for (Map<String, Object> row : told) {
            Map<?, ?> event = object(row, "event");
            if (String.valueOf(event.get("type")).startsWith("raw.")) {
                all.add(text(data(row), "line"));
            }
        }
        List<String> seen = shown.stream()
                .filter(row -> type(row).startsWith("raw."))
                .map(row -> text(data(row), "line"))
                .toList();
        long suppressed = shown.stream()
                .map(row -> data(row).get("suppressed_count"))
                .filter(Number.class::isInstance)
                .mapToLong(count -> ((Number) count).longValue())
                .sum();
        assertThat(isSubsequence(seen, all)).as("%s of %s", seen, all).isTrue();
        boolean closed = shown.stream().anyMatch(row -> type(row).equals("conversation.completed"));
        if (closed) {
            assertThat(all.size() - seen.size()).isEqualTo((int) suppressed);
        }
    }

    private static boolean isSubsequence(List<String> some, List<String> all) {
        int next = 0;
        for (String one : all) {
            next += next < some.size() && some.get(next).equals(one) ? 1 : 0;
        }
        return next == some.size();
    }

    private static void messages(List<Map<String, Object>> shown) {
        boolean closed = false;
        Set<String> texts = new HashSet<>();
        for (Map<String, Object> row : shown) {
            if (type(row).equals("assistant.message.final")) {
                assertThat(closed).as("a message behind the end of its attempt").isFalse();
                assertThat(texts.add(text(data(row), "text").strip())).isTrue();
            }
            closed |= type(row).equals("conversation.state.changed")
                    && !Set.of("queued", "running").contains(data(row).get("to"));
        }
    }

    private static void started(List<Map<String, Object>> facts) {
        assertThat(facts.stream().filter(row -> type(row).equals("lifecycle.run.started")))
                .hasSizeLessThanOrEqualTo(1);
    }

    private static void states(List<Map<String, Object>> shown) {
        String state = "queued";
        Map<String, Integer> ends = new HashMap<>();
        for (Map<String, Object> row : shown) {
            if (type(row).equals("conversation.state.changed")) {
                assertThat(RunStatus.of(state).isTerminal()).isFalse();
                assertThat(data(row).get("from")).isEqualTo(state);
                state = text(data(row), "to");
            }
            if (type(row).equals("conversation.completed") || type(row).equals("conversation.failed")) {
                ends.merge(type(row), 1, Integer::sum);
            }
        }
        if (state.equals("succeeded")) {
            assertThat(ends).isEqualTo(Map.of("conversation.completed", 1));
        } else if (RunStatus.of(state).isTerminal()) {
            assertThat(ends).isEqualTo(Map.of("conversation.failed", 1));
        } else {
            assertThat(ends).isEmpty();
        }
    }

    private static void uniqueIds(List<Map<String, Object>> shown) {
        assertThat(shown.stream()
                        .filter(row -> type(row).equals("assistant.message.final"))
                        .map(row -> data(row).get("message_id"))
                        .toList())
                .doesNotHaveDuplicates();
    }

    private List<Map<String, Object>> rows(JournalStream stream, int attempt) {
        List<Map<String, Object>> rows = new ArrayList<>();
        journal.scan(run, stream, attempt, rows::add);
        return rows;
    }

    private static String type(Map<String, Object> row) {
        return String.valueOf(row.get("type"));
    }

    private static Map<?, ?> data(Map<String, Object> row) {
        return object(row, "data");
    }

    private static Map<?, ?> object(Map<String, Object> row, String name) {
        return row.get(name) instanceof Map<?, ?> map ? map : Map.of();
    }

    private static String text(Map<?, ?> values, String name) {
        return String.valueOf(values.get(name));
    }

    private static long number(Map<?, ?> row, String name) {
        return row.get(name) instanceof Number number ? number.longValue() : -1;
    }
}
