package skillrunner.contract;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Everything that is wrong with a document as such, without a look at any server. */
public final class DocumentFaults {
    private static final Pattern PARAMETER = Pattern.compile("\\{([^/}]+)}");

    /** How a link names a part of an answer's body. */
    private static final String FROM_BODY = "$response.body#";

    private final ApiDocument document;
    private final Schemas schemas;
    private final List<String> faults = new ArrayList<>();

    private DocumentFaults(ApiDocument document) {
        this.document = document;
        this.schemas = new Schemas(document);
    }

    /**
     * Judges a document: by the schema of OpenAPI 3.1, its schemas by that of JSON Schema, that references, operations and
     * parameters that it names are there, and that every body of JSON has an example that fits.
     *
     * @param document the document
     * @return what is wrong, a sentence each
     */
    public static List<String> of(ApiDocument document) {
        DocumentFaults found = new DocumentFaults(document);
        found.judge();
        return List.copyOf(found.faults);
    }

    private void judge() {
        told("the document", schemas.faultsOfDocument());
        references(document.root(), "");
        if (!faults.isEmpty()) {
            return;
        }
        document.root()
                .at("/components/schemas")
                .properties()
                .forEach(schema -> told("schema " + schema.getKey(), schemas.faults(schema.getValue())));
        operations();
        links();
        linkSources();
        examples(document.root(), "");
    }

    private void references(JsonNode node, String place) {
        if (node.path("$ref").isString() && document.resolve(node).isMissingNode()) {
            faults.add(place + " refers to " + node.path("$ref").stringValue() + ", which is not there");
        }
        children(node, place, this::references);
    }

    private void operations() {
        Set<String> ids = new HashSet<>();
        for (ApiDocument.Operation operation : document.operations()) {
            String id = operation.node().path("operationId").asString("");
            if (id.isEmpty() || !ids.add(id)) {
                faults.add(operation + " needs an operationId of its own");
            }
            Set<String> named = PARAMETER
                    .matcher(operation.path())
                    .results()
                    .map((MatchResult found) -> found.group(1))
                    .collect(Collectors.toCollection(TreeSet::new));
            Set<String> described = parameters(operation)
                    .filter(parameter -> parameter.path("in").asString("").equals("path"))
                    .map(parameter -> parameter.path("name").asString(""))
                    .collect(Collectors.toCollection(TreeSet::new));
            if (!named.equals(described)) {
                faults.add(operation + " describes the parameters " + described + " of its path");
            }
        }
    }

    private Stream<JsonNode> parameters(ApiDocument.Operation operation) {
        return operation.node().path("parameters").valueStream().map(document::resolve);
    }

    private void links() {
        document.root().at("/components/links").properties().forEach(link -> {
            String id = link.getValue().path("operationId").asString("");
            Set<String> known = document.operations().stream()
                    .filter(operation ->
                            operation.node().path("operationId").asString("").equals(id))
                    .flatMap(this::parameters)
                    .map(parameter -> parameter.path("name").asString(""))
                    .collect(Collectors.toSet());
            link.getValue().path("parameters").propertyNames().stream()
                    .filter(name -> !known.contains(name))
                    .forEach(name -> faults.add("link " + link.getKey() + " gives " + name + " to " + id
                            + ", which is no parameter of an operation"));
        });
    }

    /** What a link takes out of an answer has to be in the example of that answer. */
    private void linkSources() {
        for (ApiDocument.Operation operation : document.operations()) {
            operation.node().path("responses").forEach(response -> document.resolve(response)
                    .path("links")
                    .properties()
                    .forEach(link -> sources(document.resolve(link.getValue()))
                            .filter(pointer -> !isTold(document.resolve(response), pointer))
                            .forEach(pointer -> faults.add("link " + link.getKey() + " of " + operation + " takes "
                                    + pointer + ", which the example of the answer does not have"))));
        }
    }

    private static Stream<String> sources(JsonNode link) {
        return Stream.concat(
                        link.path("parameters").valueStream(),
                        link.path("requestBody").valueStream())
                .map(expression -> expression.asString(""))
                .filter(expression -> expression.startsWith(FROM_BODY))
                .map(expression -> expression.substring(FROM_BODY.length()));
    }

    private boolean isTold(JsonNode response, String pointer) {
        JsonNode media = response.at("/content/application~1json");
        return Stream.concat(
                        Stream.of(media.path("example")),
                        media.path("examples").valueStream().map(example -> document.resolve(example)
                                .path("value")))
                .anyMatch(value -> !value.at(pointer).isMissingNode());
    }

    /** Whatever has a schema and an example beside it. */
    private void examples(JsonNode node, String place) {
        if (node.has("schema")) {
            JsonNode schema = node.path("schema");
            if (node.has("example")) {
                told("example of " + place, schemas.breaches(schema, node.path("example")));
            }
            node.path("examples")
                    .forEach(example -> told(
                            "example of " + place,
                            schemas.breaches(schema, document.resolve(example).path("value"))));
            if (place.endsWith("json")
                    && !node.has("example")
                    && node.path("examples").isEmpty()) {
                faults.add(place + " has no example");
            }
        }
        children(node, place, this::examples);
    }

    private interface Visitor {
        void visit(JsonNode node, String place);
    }

    private static void children(JsonNode node, String place, Visitor visitor) {
        node.properties().stream()
                .filter(child ->
                        !child.getKey().equals("example") && !child.getKey().equals("value"))
                .forEach(child -> visitor.visit(child.getValue(), place + "/" + child.getKey()));
        if (node.isArray()) {
            int at = 0;
            for (JsonNode child : node) {
                visitor.visit(child, place + "/" + at++);
            }
        }
    }

    private void told(String what, String fault) {
        if (!fault.isEmpty()) {
            faults.add(what + ": " + fault);
        }
    }
}
