package skillrunner.contract.fuzz;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import skillrunner.contract.ApiDocument;
import tools.jackson.databind.JsonNode;

/** Requests for the operations of a document. */
final class FuzzRequests {
    private static final Pattern PARAMETER = Pattern.compile("\\{([^/}]+)}");
    private static final Pattern PLAIN = Pattern.compile("(/[A-Za-z0-9_-][A-Za-z0-9._-]*)+");
    private static final List<String> METHODS =
            List.of("HEAD", "HEAD", "GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "get");

    private final ApiDocument document;
    private final KnownValues known;
    private final SchemaValues values;
    private final FuzzBodies bodies;
    private final List<ApiDocument.Operation> operations;

    FuzzRequests(ApiDocument document, KnownValues known, FuzzBodies bodies, List<ApiDocument.Operation> operations) {
        this.document = document;
        this.known = known;
        this.values = new SchemaValues(document, known, 0);
        this.bodies = bodies;
        this.operations = List.copyOf(operations);
    }

    FuzzRequest next(Chance chance) {
        ApiDocument.Operation operation = chance.oneOf(operations);
        Map<String, JsonNode> parameters = operation
                .node()
                .path("parameters")
                .valueStream()
                .map(document::resolve)
                .collect(Collectors.toMap(
                        it -> it.path("in").asString("") + " " + it.path("name").asString(""), it -> it));
        String method = chance.percent(5) ? chance.oneOf(METHODS) : operation.method();
        String path = path(operation.path(), parameters, chance);
        List<String> headers = new ArrayList<>();
        byte[] body = new byte[0];
        if (!method.equals("GET") && !method.equals("HEAD")) {
            FuzzBodies.Body made = bodies.body(operation.node(), chance);
            body = made.bytes();
            if (!made.type().isEmpty()) {
                headers.add("Content-Type: " + made.type());
            }
        }
        parameters.values().stream()
                .filter(parameter -> parameter.path("in").asString("").equals("header") && chance.percent(40))
                .forEach(parameter ->
                        headers.add(parameter.path("name").asString("") + ": " + onALine(text(parameter, chance))));
        while (chance.percent(7)) {
            headers.add(chance.oneOf(HostileText.HEADERS));
        }
        if (chance.percent(1)) {
            headers.add("Host: "
                    + chance.oneOf(List.of("elsewhere.example", "", "localhost:1", "[::1]", "a b", "127.0.0.1.x")));
        }
        return new FuzzRequest(
                method,
                path,
                query(parameters, chance),
                headers,
                body,
                PLAIN.matcher(path).matches());
    }

    private String path(String pattern, Map<String, JsonNode> parameters, Chance chance) {
        StringBuilder path = new StringBuilder();
        int from = 0;
        for (var found : PARAMETER.matcher(pattern).results().toList()) {
            path.append(pattern, from, found.start());
            String name = found.group(1);
            if (chance.percent(5)) {
                path.append(chance.oneOf(HostileText.RAW_SEGMENTS));
            } else {
                boolean slashes = name.endsWith("_path");
                String value = encoded(text(
                        parameters.getOrDefault("path " + name, document.root().path("")), name, chance));
                path.append(slashes ? value.replace("%2F", "/") : value);
            }
            from = found.end();
        }
        path.append(pattern.substring(from));
        if (chance.percent(2)) {
            path.append('/').append(chance.oneOf(HostileText.RAW_SEGMENTS));
        }
        return path.toString();
    }

    private String query(Map<String, JsonNode> parameters, Chance chance) {
        List<String> query = new ArrayList<>();
        parameters.values().stream()
                .filter(parameter -> parameter.path("in").asString("").equals("query"))
                .forEach(parameter -> {
                    int likely = parameter.path("required").asBoolean(false) ? 93 : 35;
                    String name = parameter.path("name").asString("");
                    while (chance.percent(likely)) {
                        query.add(name + "=" + encoded(text(parameter, chance)));
                        likely = 3;
                    }
                });
        if (chance.percent(4)) {
            query.add(encoded(chance.oneOf(HostileText.VALUES)) + "=" + encoded(chance.oneOf(HostileText.VALUES)));
        }
        if (chance.percent(2)) {
            query.add(chance.oneOf(HostileText.RAW_SEGMENTS).replace("#", ""));
        }
        return query.isEmpty() ? "" : "?" + String.join("&", query);
    }

    private String text(JsonNode parameter, Chance chance) {
        return text(parameter, parameter.path("name").asString(""), chance);
    }

    private String text(JsonNode parameter, String name, Chance chance) {
        int way = chance.below(100);
        if (way < 65) {
            var value = known.any(name, chance);
            if (value.isPresent()) {
                return value.get();
            }
        }
        if (way >= 85) {
            return chance.oneOf(HostileText.VALUES);
        }
        if (parameter.has("example") && way < 30) {
            return joined(parameter.path("example"));
        }
        return joined(values.value(name, parameter.path("schema"), chance));
    }

    private static String joined(JsonNode value) {
        return value.isArray()
                ? value.valueStream().map(item -> item.asString("")).collect(Collectors.joining(","))
                : value.asString(value.isNull() ? "null" : value.toString());
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String onALine(String value) {
        return value.replaceAll("[\\r\\n\\x00]", "_");
    }
}
