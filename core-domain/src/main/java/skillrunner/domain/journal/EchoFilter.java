package skillrunner.domain.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Leaves out raw rows that repeat what the agent said: at least {@value #LEAST_RUN} rows of one stream, one after another, each a
 * line of an earlier message. Fewer are held back until it is decided what they are. Used by one thread.
 */
final class EchoFilter {
    /** So many rows make an echo. */
    static final int LEAST_RUN = 3;

    /** What is remembered of what the agent said, in lines. */
    private static final int MOST_LINES = 50_000;

    private final SaidTexts said = new SaidTexts(MOST_LINES);
    private final List<FcmpDraft> held = new ArrayList<>();
    private @Nullable FcmpType stream;
    private int suppressed;

    /** Remembers what the agent said. */
    void said(String message) {
        List<String> lines = message.lines().map(String::strip).toList();
        int last = lines.size() - 1;
        boolean fenced =
                last > 0 && lines.get(0).startsWith("```") && lines.get(last).equals("```");
        for (String line : fenced ? lines.subList(1, last) : lines) {
            if (!line.isEmpty()) {
                said.add(line);
            }
        }
    }

    /** Takes the next raw row. @return what is to be shown now */
    List<FcmpDraft> raw(FcmpDraft row) {
        List<FcmpDraft> shown = new ArrayList<>();
        boolean echo = row.data().get("line") instanceof String line && said.contains(line.strip());
        if (!echo || (stream != null && stream != row.type())) {
            shown.addAll(flush());
        }
        if (!echo) {
            shown.add(row);
            return shown;
        }
        stream = row.type();
        if (suppressed > 0) {
            suppressed++;
        } else {
            held.add(row);
            if (held.size() == LEAST_RUN) {
                suppressed = held.size();
                held.clear();
            }
        }
        return shown;
    }

    /** Decides about what is held back. @return what is to be shown now */
    List<FcmpDraft> flush() {
        List<FcmpDraft> shown = new ArrayList<>(held);
        if (suppressed > 0) {
            shown.add(new FcmpDraft(
                    FcmpType.DIAGNOSTIC,
                    EventData.of("code", DiagnosticCode.RAW_DUPLICATE_SUPPRESSED.name())
                            .with("suppressed_count", suppressed)
                            .map(),
                    Optional.empty()));
        }
        held.clear();
        suppressed = 0;
        stream = null;
        return shown;
    }
}
