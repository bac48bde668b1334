package skillrunner.http.run;

import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import skillrunner.application.run.interaction.Reply;
import skillrunner.domain.problem.RefusedException;
import skillrunner.http.WireFormat;
import skillrunner.http.load.Bodies;
import tools.jackson.core.JacksonException;

/** An answer as the form of a question sends it. */
final class ReplyFields {
    private ReplyFields() {}

    /** Reads an answer. @throws RefusedException with {@code REQUEST_INVALID} */
    static Reply read(Context ctx) {
        Map<String, List<String>> form = Bodies.form(ctx);
        int question = field(form, "interaction_id")
                .filter(text -> text.matches("\\d{1,9}"))
                .map(Integer::parseInt)
                .orElseThrow(() -> RefusedException.invalid("/interaction_id", "must be a whole number"));
        return new Reply(question, response(form), Optional.empty());
    }

    /** A choice is sent as JSON, named values one by one, and everything else is text. */
    private static Optional<Object> response(Map<String, List<String>> form) {
        Optional<String> json = field(form, "json");
        if (json.isPresent()) {
            try {
                return Optional.ofNullable(WireFormat.mapper().readValue(json.get(), Object.class));
            } catch (JacksonException e) {
                throw RefusedException.invalid("/json", "must be JSON");
            }
        }
        List<String> names = values(form, "field_name");
        if (names.isEmpty()) {
            return Optional.of(field(form, "text").orElse(""));
        }
        List<String> values = values(form, "field");
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            fields.put(names.get(i), i < values.size() ? values.get(i) : "");
        }
        return Optional.of(fields);
    }

    private static Optional<String> field(Map<String, List<String>> form, String name) {
        return values(form, name).stream().findFirst();
    }

    /** A browser sends every end of a line as two characters. */
    private static List<String> values(Map<String, List<String>> form, String name) {
        return form.getOrDefault(name, List.of()).stream()
                .map(value -> value.replace("\r\n", "\n"))
                .toList();
    }
}
