package skillrunner.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * What a client that was written for an earlier document can't do any more, or can't read. Something new breaks nothing, as long as
 * no request has to have it.
 */
public final class BreakingChanges {
    private final ApiDocument before;
    private final ApiDocument after;
    private final List<Breach> breaches = new ArrayList<>();

    private BreakingChanges(ApiDocument before, ApiDocument after) {
        this.before = before;
        this.after = after;
    }

    /**
     * A change that breaks clients.
     *
     * @param operation what they ask, such as {@code GET /v1/jobs/{request_id}}
     * @param change what has become of it
     */
    public record Breach(String operation, String change) {
        /** Refuses null parts. */
        public Breach {
            Objects.requireNonNull(operation);
            Objects.requireNonNull(change);
        }

        @Override
        public String toString() {
            return operation + ": " + change;
        }
    }

    /**
     * Compares two documents.
     *
     * @param before the earlier one
     * @param after the later one
     * @return what breaks clients of the earlier one
     */
    public static List<Breach> between(ApiDocument before, ApiDocument after) {
        BreakingChanges changes = new BreakingChanges(before, after);
        Map<String, ApiDocument.Operation> now =
                after.operations().stream().collect(Collectors.toMap(BreakingChanges::shape, Function.identity()));
        for (ApiDocument.Operation old : before.operations()) {
            Optional.ofNullable(now.get(shape(old)))
                    .ifPresentOrElse(
                            same -> changes.compare(old, same),
                            () -> changes.breaches.add(new Breach(old.toString(), "is gone")));
        }
        return List.copyOf(changes.breaches);
    }

    /** How a parameter of a path is called is nothing a client sees. */
    private static String shape(ApiDocument.Operation operation) {
        return operation.toString().replaceAll("\\{[^/}]+}", "{}");
    }

    private void compare(ApiDocument.Operation old, ApiDocument.Operation now) {
        SchemaChanges sent = new SchemaChanges(before, after, SchemaChanges.Way.SENT, change -> told(old, change));
        SchemaChanges received =
                new SchemaChanges(before, after, SchemaChanges.Way.RECEIVED, change -> told(old, change));
        parameters(old, now, sent);
        body(old, now, sent);
        responses(old, now, received);
    }

    private void told(ApiDocument.Operation operation, String change) {
        Breach breach = new Breach(operation.toString(), change);
        if (!breaches.contains(breach)) {
            breaches.add(breach);
        }
    }

    private void parameters(ApiDocument.Operation old, ApiDocument.Operation now, SchemaChanges sent) {
        Map<String, JsonNode> were = named(before, old);
        Map<String, JsonNode> are = named(after, now);
        were.forEach((name, was) -> {
            JsonNode is = are.get(name);
            if (name.startsWith("path ")) {
                return;
            }
            if (is == null) {
                told(old, "the parameter " + name + " is gone");
            } else {
                sent.compare(was.path("schema"), is.path("schema"), "the parameter " + name);
            }
        });
        are.forEach((name, is) -> {
            JsonNode was = were.get(name);
            boolean wasNeeded = was != null && was.path("required").asBoolean(false);
            if (is.path("required").asBoolean(false) && !wasNeeded && !name.startsWith("path ")) {
                told(old, "the parameter " + name + " has to be there now");
            }
        });
    }

    private static Map<String, JsonNode> named(ApiDocument document, ApiDocument.Operation operation) {
        return operation
                .node()
                .path("parameters")
                .valueStream()
                .map(document::resolve)
                .collect(Collectors.toMap(BreakingChanges::name, Function.identity()));
    }

    private static String name(JsonNode parameter) {
        return parameter.path("in").asString("") + " " + parameter.path("name").asString("");
    }

    private void body(ApiDocument.Operation old, ApiDocument.Operation now, SchemaChanges sent) {
        JsonNode was = before.resolve(old.node().path("requestBody"));
        JsonNode is = after.resolve(now.node().path("requestBody"));
        if (is.path("required").asBoolean(false) && !was.path("required").asBoolean(false)) {
            told(old, "a body has to be there now");
        }
        content(old, was, is, "the body", sent);
    }

    /** What a client may do without is a refusal that does not come any more. */
    private void responses(ApiDocument.Operation old, ApiDocument.Operation now, SchemaChanges received) {
        old.node().path("responses").properties().forEach(response -> {
            String status = response.getKey();
            JsonNode was = before.resolve(response.getValue());
            JsonNode is = after.resolve(now.node().path("responses").path(status));
            if (is.isMissingNode()) {
                if (status.startsWith("2")) {
                    told(old, "the status " + status + " is gone");
                }
                return;
            }
            was.path("headers").properties().stream()
                    .filter(header ->
                            before.resolve(header.getValue()).path("required").asBoolean(false))
                    .filter(header -> !after.resolve(is.path("headers").path(header.getKey()))
                            .path("required")
                            .asBoolean(false))
                    .forEach(header ->
                            told(old, "the header " + header.getKey() + " of " + status + " may be missing now"));
            content(old, was, is, "the answer " + status, received);
        });
    }

    private void content(ApiDocument.Operation old, JsonNode was, JsonNode is, String place, SchemaChanges changes) {
        was.path("content").properties().forEach(media -> {
            JsonNode now = is.path("content").path(media.getKey());
            if (now.isMissingNode()) {
                told(old, place + " has no " + media.getKey() + " any more");
                return;
            }
            changes.compare(media.getValue().path("schema"), now.path("schema"), place);
            media.getValue().path("x-events").properties().forEach(event -> {
                JsonNode same = now.path("x-events").path(event.getKey());
                if (same.isMissingNode()) {
                    told(old, "the event " + event.getKey() + " is gone");
                } else {
                    changes.compare(event.getValue(), same, "the event " + event.getKey());
                }
            });
        });
    }
}
