package skillrunner.workspace.run;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import skillrunner.application.run.journal.JournalEvent;
import skillrunner.application.run.journal.JournalQuery;
import skillrunner.domain.journal.EventTime;

/** Events some of which may have no number: each then has that of its place. There are few of them. Used once. */
final class NumberedEvents {
    private final JournalLines lines;
    private final int attempt;
    private final List<Map<String, Object>> rows = new ArrayList<>();

    NumberedEvents(JournalLines lines, int attempt) {
        this.lines = lines;
        this.attempt = attempt;
    }

    List<JournalEvent> read(JournalFile file, JournalQuery query) throws IOException {
        file.from(0, line -> {
            lines.row(line).ifPresent(rows::add);
            return true;
        });
        long[] numbers = numbers();
        List<JournalEvent> found = new ArrayList<>();
        for (int i = 0; i < numbers.length && !query.isEnough(found); i++) {
            Map<String, Object> row = rows.get(i);
            Optional<Instant> at = row.get("ts") instanceof String text ? EventTime.read(text) : Optional.empty();
            if (query.wants(numbers[i], at)) {
                found.add(new JournalEvent(numbers[i], attempt, lines.text(with(row, numbers[i]))));
            }
        }
        return found;
    }

    private long[] numbers() {
        long[] numbers = new long[rows.size()];
        long next = 1;
        boolean ascends = true;
        for (int i = 0; i < numbers.length; i++) {
            long own = rows.get(i).get("seq") instanceof Number number ? number.longValue() : 0;
            numbers[i] = own > 0 ? own : next;
            ascends &= i == 0 || numbers[i] > numbers[i - 1];
            next = Math.max(next, numbers[i] + 1);
        }
        for (int i = 0; i < numbers.length && !ascends; i++) {
            numbers[i] = i + 1L;
        }
        return numbers;
    }

    private static Map<String, Object> with(Map<String, Object> row, long seq) {
        if (row.get("seq") instanceof Number number && number.longValue() == seq) {
            return row;
        }
        Map<String, Object> numbered = new LinkedHashMap<>(row);
        numbered.put("seq", seq);
        return numbered;
    }
}
