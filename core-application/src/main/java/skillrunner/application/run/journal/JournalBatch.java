package skillrunner.application.run.journal;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import skillrunner.domain.journal.JournalStream;

/** Rows that are added together. */
final class JournalBatch {
    private final Map<JournalStream, List<Map<String, Object>>> rows = new EnumMap<>(JournalStream.class);

    void add(JournalStream stream, Map<String, Object> row) {
        rows.computeIfAbsent(stream, none -> new ArrayList<>()).add(row);
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    Map<JournalStream, List<Map<String, Object>>> rows() {
        return rows;
    }
}
