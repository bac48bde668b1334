package skillrunner.application.run.journal;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import skillrunner.domain.journal.FcmpDraft;
import skillrunner.domain.journal.JournalRows;
import skillrunner.domain.run.OutputStreamKind;

/**
 * What a front end was shown of an attempt though the events that it came from are lost. When these are told again, it is known by its
 * bytes, or by what it says if it came from none. Empty unless something was lost. Used by one thread at a time.
 */
final class ShownBefore {
    private final Map<OutputStreamKind, Long> ends = new EnumMap<>(OutputStreamKind.class);
    private final Map<String, Integer> withoutBytes = new HashMap<>();

    /** Takes an event as it is stored. */
    void add(Map<String, Object> row) {
        JournalRows.bytes(row)
                .ifPresentOrElse(
                        bytes -> ends.merge(bytes.stream(), bytes.to(), Math::max),
                        () -> withoutBytes.merge(said(row.get("type"), row.get("data")), 1, Integer::sum));
    }

    boolean isEmpty() {
        return ends.isEmpty() && withoutBytes.isEmpty();
    }

    /** Tells whether an event was not shown before. One without bytes is recognized as often as it was shown. */
    boolean isNews(FcmpDraft draft) {
        if (draft.at().isPresent()) {
            return draft.at()
                    .filter(bytes -> bytes.to() <= ends.getOrDefault(bytes.stream(), -1L))
                    .isEmpty();
        }
        String said = said(draft.type().wire(), draft.data());
        int times = withoutBytes.getOrDefault(said, 0);
        withoutBytes.computeIfPresent(said, (same, count) -> count - 1);
        return times <= 0;
    }

    private static String said(@Nullable Object type, @Nullable Object data) {
        return type + " " + data;
    }
}
