package skillrunner.http;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.domain.run.RunStatus;
import skillrunner.testkit.run.ScriptedAgentProcesses;

import static org.assertj.core.api.Assertions.assertThat;

/** A conversation whose messages are very long is shown in parts, of which none is much. */
@Tag("one-jdk")
class LongConversationTest extends ConversationTestBed {
    private static final int MESSAGES = 24;
    private static final int LENGTH = 600_000;
    private static final Pattern PLACE = Pattern.compile("data-cursor=\"(\\d+)\" data-before=\"(-?\\d+)\"");
    private static final Pattern WORD = Pattern.compile("word(\\d+) ");

    LongConversationTest(@TempDir Path temporary) {
        super(temporary);
    }

    @Test
    void long_messages_come_in_parts_and_nothing_is_missing_or_twice() throws Exception {
        asking();
        ScriptedAgentProcesses.ScriptedProcess first = start().prints("session s-1");
        for (int i = 0; i < MESSAGES; i++) {
            first.prints("say word" + i + " " + "x".repeat(LENGTH));
        }
        first.answers("{\"__SKILL_DONE__\": true}");
        reaches(RunStatus.SUCCEEDED);

        List<List<Integer>> parts = new ArrayList<>();
        String query = "";
        long before = Long.MAX_VALUE;
        while (before > 1) {
            String part = get("/ui/management/runs/" + REQUEST + "/conversation" + query)
                    .body();
            parts.add(0, words(part));
            Matcher place = PLACE.matcher(part);
            assertThat(place.find()).isTrue();
            assertThat(Long.parseLong(place.group(2))).isLessThan(before);
            before = Long.parseLong(place.group(2));
            query = "?before=" + before;
        }

        assertThat(parts).hasSizeGreaterThan(3);
        List<Integer> all = parts.stream().flatMap(List::stream).toList();
        assertThat(all).hasSize(MESSAGES).isSorted().doesNotHaveDuplicates();
    }

    private static List<Integer> words(String part) {
        return WORD.matcher(part)
                .results()
                .map(word -> Integer.valueOf(word.group(1)))
                .distinct()
                .toList();
    }
}
