package skillrunner.http.engine;

import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import skillrunner.domain.model.SnapshotRow;
import skillrunner.domain.problem.FieldError;
import skillrunner.domain.problem.RefusedException;
import skillrunner.http.load.Bodies;
import skillrunner.http.page.Messages;

/**
 * The rows of a new snapshot as a form sends them: fields of one name belong to rows by their order.
 *
 * @param rows the rows that name a model
 * @param numbers of each of these rows, which one of the form it is, counted from one
 */
record SnapshotForm(List<SnapshotRow> rows, List<Integer> numbers) {
    private static final Set<String> TRUE = Set.of("1", "true", "yes", "on");

    SnapshotForm {
        rows = List.copyOf(rows);
        numbers = List.copyOf(numbers);
    }

    static SnapshotForm of(Context ctx) {
        Map<String, List<String>> fields = Bodies.form(ctx);
        List<String> ids = fields.getOrDefault("id", List.of());
        if (ids.isEmpty()) {
            throw RefusedException.invalid("/id", "is required");
        }
        List<String> names = fields.getOrDefault("display_name", List.of());
        List<String> deprecated = fields.getOrDefault("deprecated", List.of());
        List<String> notes = fields.getOrDefault("notes", List.of());
        List<String> efforts = fields.getOrDefault("supported_effort", List.of());
        List<SnapshotRow> rows = new ArrayList<>();
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            if (!ids.get(i).isBlank()) {
                rows.add(new SnapshotRow(
                        ids.get(i),
                        text(names, i),
                        text(deprecated, i)
                                .map(word -> TRUE.contains(word.toLowerCase(Locale.ROOT)))
                                .orElse(false),
                        text(notes, i),
                        text(efforts, i).map(SnapshotForm::parts).filter(parts -> !parts.isEmpty())));
                numbers.add(i + 1);
            }
        }
        return new SnapshotForm(rows, numbers);
    }

    /** Names the wrong rows as their sender sees them. */
    String inWords(List<FieldError> errors, Messages messages) {
        return errors.stream().map(error -> inWords(error, messages)).distinct().collect(Collectors.joining(" · "));
    }

    private String inWords(FieldError error, Messages messages) {
        for (int row = 0; row < numbers.size(); row++) {
            String place = "/models/" + row + "/";
            if (error.pointer().startsWith(place)) {
                String field = error.pointer().substring(place.length()).replaceFirst("/.*", "");
                return messages.text("models.row.wrong", numbers.get(row).toString(), field, error.detail());
            }
        }
        return error.detail();
    }

    private static Optional<String> text(List<String> values, int at) {
        return at < values.size()
                ? Optional.of(values.get(at).strip()).filter(text -> !text.isEmpty())
                : Optional.empty();
    }

    private static List<String> parts(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }
}
