package skillrunner.domain.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads models as some CLIs print them: one {@code provider/model} per line, among lines of their log. */
public final class ModelLines {
    private ModelLines() {}

    /**
     * Reads what a CLI printed. A line that holds white space or control characters inside, or lacks one of the two parts,
     * is none of a model; the part after the first slash may hold slashes too.
     *
     * @param stdout what it printed
     * @param notes the remark the models get
     * @return the models by id, each once
     */
    public static List<ModelEntry> parse(String stdout, String notes) {
        Map<String, ModelEntry> models = new LinkedHashMap<>();
        stdout.lines().map(String::strip).filter(ModelLines::isModel).sorted().forEach(id -> {
            int slash = id.indexOf('/');
            models.putIfAbsent(id, ModelEntry.provided(id.substring(0, slash), id.substring(slash + 1), notes));
        });
        return List.copyOf(models.values());
    }

    private static boolean isModel(String line) {
        int slash = line.indexOf('/');
        return slash > 0
                && slash < line.length() - 1
                && line.length() <= SnapshotRules.MAX_ID_LENGTH
                && line.codePoints()
                        .noneMatch(c -> c == '@'
                                || Character.isWhitespace(c)
                                || Character.isSpaceChar(c)
                                || Character.isISOControl(c)
                                || Character.getType(c) == Character.SURROGATE);
    }
}
