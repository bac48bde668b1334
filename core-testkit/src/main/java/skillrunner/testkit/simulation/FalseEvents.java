package skillrunner.testkit.simulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import skillrunner.domain.journal.JournalStream;

/** Events as a server with a planted fault would write them, with sound numbers. */
final class FalseEvents {
    private static final String TYPE = "type";
    private static final String DATA = "data";
    private static final Set<String> ANSWERS = Set.of("interaction.reply.accepted", "interaction.auto_decide.timeout");

    private FalseEvents() {}

    static List<Map<String, Object>> of(Sabotage sabotage, JournalStream stream, List<Map<String, Object>> rows) {
        List<Map<String, Object>> told = new ArrayList<>();
        rows.forEach(row -> told.add(one(sabotage, stream, row)));
        if (sabotage == Sabotage.ANSWER_BEHIND_ITS_CHANGE && stream == JournalStream.FCMP) {
            for (int i = 0; i + 1 < told.size(); i++) {
                if (ANSWERS.contains(String.valueOf(told.get(i).get(TYPE)))) {
                    swap(told.get(i), told.get(i + 1));
                    i++;
                }
            }
        }
        return told;
    }

    private static Map<String, Object> one(Sabotage sabotage, JournalStream stream, Map<String, Object> row) {
        Map<String, Object> told = new LinkedHashMap<>(row);
        String type =
                String.valueOf(stream == JournalStream.RASP ? map(row, "event").get(TYPE) : row.get(TYPE));
        switch (sabotage) {
            case UNTOLD_QUESTION -> {
                if (stream == JournalStream.FCMP && type.equals("user.input.required")) {
                    becomeWarning(told);
                }
            }
            case UNTOLD_ANSWER -> {
                if (stream == JournalStream.FCMP && ANSWERS.contains(type)) {
                    becomeWarning(told);
                }
            }
            case ANSWER_TOLD_TWICE -> {
                if (stream == JournalStream.FCMP && type.equals("conversation.started")) {
                    told.put(TYPE, "interaction.reply.accepted");
                    told.put(
                            DATA,
                            Map.of(
                                    "interaction_id",
                                    1,
                                    "resolution_mode",
                                    "user_reply",
                                    "accepted_at",
                                    String.valueOf(row.get("ts"))));
                }
            }
            case RANGE_OUTSIDE -> stretch(told, 1_000_000);
            case RANGE_CUT -> stretch(told, -8);
            case WRONG_LINE -> {
                if (type.startsWith("raw.")) {
                    told.put(DATA, Map.of("line", "somebody else's"));
                }
            }
            case UNSOUND_EVENT -> {
                if (type.equals("conversation.started")) {
                    told.put("mood", "good");
                }
            }
            case SECOND_START -> {
                if (stream == JournalStream.ORCHESTRATOR && type.equals("lifecycle.run.terminal")) {
                    told.put(TYPE, "lifecycle.run.started");
                    told.put(DATA, Map.of("status", "running"));
                }
            }
            default -> {
                // tells the truth
            }
        }
        return told;
    }

    private static void becomeWarning(Map<String, Object> row) {
        row.put(TYPE, "diagnostic.warning");
        row.put(DATA, Map.of("code", "NOTHING"));
    }

    private static void stretch(Map<String, Object> row, int bytes) {
        Map<String, Object> ref = map(row, "raw_ref");
        if (ref.get("byte_to") instanceof Number to && ref.get("byte_from") instanceof Number from) {
            ref.put("byte_to", Math.max(from.longValue(), to.longValue() + bytes));
            row.put("raw_ref", ref);
        }
    }

    /** Each stays at its place and tells what the other told. */
    private static void swap(Map<String, Object> one, Map<String, Object> other) {
        for (String part : List.of(TYPE, DATA)) {
            Object held = one.get(part);
            one.put(part, other.get(part));
            other.put(part, held);
        }
    }

    private static Map<String, Object> map(Map<String, Object> row, String name) {
        Map<String, Object> copy = new LinkedHashMap<>();
        if (row.get(name) instanceof Map<?, ?> map) {
            map.forEach((key, value) -> copy.put(String.valueOf(key), value));
        }
        return copy;
    }
}
