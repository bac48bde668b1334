package skillrunner.http;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.domain.journal.JournalStream;
import skillrunner.domain.run.RunStatus;
import skillrunner.testkit.run.ScriptedAgentProcesses;

import static org.assertj.core.api.Assertions.assertThat;

/** The time line of a run and its conversation as a file. */
@Tag("one-jdk")
class TimelinePagesTest extends ConversationTestBed {
    private static final String TIMELINE = "/ui/management/runs/" + REQUEST + "/timeline?";
    private static final Pattern ROW =
            Pattern.compile("data-stream=\"(\\w+)\" data-seq=\"(\\d+)\" data-attempt=\"(\\d+)\"");
    private static final Pattern TIME = Pattern.compile("<time datetime=\"([^\"]+)\"");
    private static final Pattern PLACE = Pattern.compile("data-next=\"([^\"]+)\" data-more=\"(\\w+)\"");

    private final List<String> times = new ArrayList<>();
    private int parts;
    private String next = "";

    TimelinePagesTest(@TempDir Path temporary) {
        super(temporary);
    }

    @Test
    void all_streams_stand_in_one_line_part_by_part_and_nothing_is_missing_or_twice() throws Exception {
        twoTurns();
        List<String> expected = new ArrayList<>();
        for (String stream : List.of("orchestrator", "rasp", "fcmp")) {
            for (int attempt : List.of(1, 2)) {
                expected.addAll(history(stream, attempt));
            }
        }

        List<String> shown = line("stream=orchestrator&stream=rasp&stream=fcmp");

        assertThat(expected).hasSizeGreaterThan(300);
        assertThat(shown).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(times).isSorted();
    }

    @Test
    void what_is_long_is_shown_in_smaller_parts_and_nothing_is_missing_or_twice() throws Exception {
        asking();
        ScriptedAgentProcesses.ScriptedProcess process = start().prints("session s-1");
        for (int i = 0; i < 5; i++) {
            process.prints("say " + i + "x".repeat(600_000));
        }
        process.answers("{\"__SKILL_DONE__\": true}");
        reaches(RunStatus.SUCCEEDED);
        List<String> expected = new ArrayList<>();
        for (String stream : List.of("orchestrator", "rasp", "fcmp")) {
            expected.addAll(history(stream, 1));
        }

        List<String> shown = line("stream=orchestrator&stream=rasp&stream=fcmp");

        assertThat(shown).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(times).isSorted();
        assertThat(parts).isBetween(3, 8);
    }

    @Test
    void events_without_a_moment_or_of_a_kind_nobody_knows_stand_where_their_number_says_and_come_once()
            throws Exception {
        twoTurns();
        List<String> expected = new ArrayList<>(history("fcmp", 2));
        int last = expected.size() + history("fcmp", 1).size();
        plant("{\"seq\":" + (last + 1) + "}");
        plant("{\"seq\":" + (last + 2) + ",\"ts\":\"2001-01-01T00:00:00Z\",\"type\":\"of.tomorrow\",\"data\":[]}");
        plant("{\"seq\":" + (last + 3) + ",\"ts\":7,\"type\":{},\"meta\":null,\"raw_ref\":{\"byte_from\":1}}");
        LongStream.rangeClosed(last + 1, last + 3).forEach(seq -> expected.add("fcmp " + seq + " 2"));

        List<String> shown = line("stream=fcmp&attempt=2");

        assertThat(shown).isEqualTo(expected);
        assertThat(get(TIMELINE + "stream=fcmp&attempt=2&" + next).body()).doesNotContain("data-seq");
    }

    private void plant(String line) {
        core.journal.plant(RUN, JournalStream.FCMP, 2, line);
    }

    @Test
    void one_stream_of_one_turn_is_shown_alone() throws Exception {
        twoTurns();

        assertThat(line("stream=rasp&attempt=1")).isEqualTo(history("rasp", 1));
        assertThat(line("stream=fcmp&attempt=2")).isEqualTo(history("fcmp", 2));
        assertThat(line("attempt=2")).isEmpty();
    }

    @Test
    void a_conversation_is_a_file_with_every_event_of_its_history() throws Exception {
        twoTurns();
        String page = "/ui/runs/" + REQUEST + "/conversation";

        assertThat(get(page + ".jsonl").body().lines().map(HttpTestBed::json).toList())
                .isEqualTo(shown());
        assertThat(get(page + ".md").body())
                .contains("\n> Which?\n", "\n> this\n", "\n> word 149\n", REQUEST.value())
                .doesNotContain("\nword 149");
    }

    @Test
    void bytes_of_a_message_that_nobody_wrote_are_refused() throws Exception {
        twoTurns();

        assertThat(get("/ui/management/runs/" + REQUEST + "/source?attempt=1&message=m_1_999")
                        .statusCode())
                .isEqualTo(400);
    }

    private void twoTurns() throws Exception {
        asking();
        ScriptedAgentProcesses.ScriptedProcess first = start().prints("session s-1");
        for (int i = 0; i < 150; i++) {
            first.prints("say word " + i);
        }
        first.answers("{\"ask_user\": {\"prompt\": \"Which?\"}}");
        reaches(RunStatus.WAITING_USER);
        core.processes.onLaunch(process -> process.prints("session s-1").prints("say Thanks"));
        post(JOB + "/interaction/reply", "{\"interaction_id\": 1, \"response\": \"this\"}");
        secondTurn().answers("{\"__SKILL_DONE__\": true}");
        reaches(RunStatus.SUCCEEDED);
    }

    private List<String> history(String stream, int attempt) throws Exception {
        return numbers(events(get(MANAGED + "/protocol/history?stream=" + stream + "&attempt=" + attempt)
                        .body()))
                .stream()
                .map(seq -> stream + " " + seq + " " + attempt)
                .toList();
    }

    /** Reads part after part. */
    private List<String> line(String query) throws Exception {
        List<String> rows = new ArrayList<>();
        next = "";
        boolean more = true;
        while (more) {
            parts++;
            String part = get(TIMELINE + query + "&" + next).body();
            ROW.matcher(part)
                    .results()
                    .forEach(row -> rows.add(row.group(1) + " " + row.group(2) + " " + row.group(3)));
            TIME.matcher(part).results().forEach(time -> times.add(time.group(1)));
            Matcher place = PLACE.matcher(part);
            assertThat(place.find()).isTrue();
            next = place.group(1).replace("&amp;", "&");
            more = Boolean.parseBoolean(place.group(2));
        }
        return rows;
    }
}
