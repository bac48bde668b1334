package skillrunner.contract;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** An OpenAPI document in memory. Immutable as long as nobody changes the nodes it gives out. */
public final class ApiDocument {
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch", "head", "options");
    private static final Pattern PARAMETER = Pattern.compile("\\{[^/}]+}");

    private final JsonNode root;
    private final List<Operation> operations;
    private final List<Pattern> leftOut;

    private ApiDocument(JsonNode root) {
        this.root = root;
        List<Operation> found = new ArrayList<>();
        root.path("paths").properties().forEach(path -> path.getValue().properties().stream()
                .filter(method -> METHODS.contains(method.getKey()))
                .forEach(method -> found.add(
                        new Operation(method.getKey().toUpperCase(Locale.ROOT), path.getKey(), method.getValue()))));
        // What names an address exactly comes before what has a parameter in its place.
        found.sort(Comparator.comparing(Operation::parameters).thenComparing(Operation::path));
        this.operations = List.copyOf(found);
        this.leftOut = root.path("x-left-out")
                .valueStream()
                .map(pattern -> Pattern.compile(pattern.stringValue()))
                .toList();
    }

    /**
     * Reads a document.
     *
     * @param yaml its text
     * @return the document, whatever is wrong with it
     */
    public static ApiDocument parse(String yaml) {
        return new ApiDocument(YAMLMapper.builder().build().readTree(yaml));
    }

    /**
     * Reads a document.
     *
     * @param in its bytes, in UTF-8, which are closed
     * @return the document, whatever is wrong with it
     * @throws IOException if they can't be read
     */
    public static ApiDocument read(InputStream in) throws IOException {
        try (in) {
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /**
     * Returns the whole document.
     *
     * @return its root
     */
    public JsonNode root() {
        return root;
    }

    /**
     * Returns what can be asked.
     *
     * @return all operations
     */
    public List<Operation> operations() {
        return operations;
    }

    /**
     * Tells whether an address is one of those the document says nothing about, by its own word ({@code x-left-out}).
     *
     * @param path an address or a pattern of one
     * @return true if it is
     */
    public boolean leavesOut(String path) {
        return leftOut.stream().anyMatch(pattern -> pattern.matcher(path).matches());
    }

    /**
     * Finds what is asked by a request. A slash at the end of an address says nothing.
     *
     * @param method its method, in upper case
     * @param path its path, without the query
     * @return the operation, or empty
     */
    public Optional<Operation> find(String method, String path) {
        return Stream.of(path, withoutSlash(path))
                .flatMap(asked -> operations.stream()
                        .filter(operation -> operation.method().equals(method))
                        .filter(operation -> operation.matches(asked)))
                .findFirst();
    }

    private static String withoutSlash(String path) {
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /**
     * Tells whether a path is there for any method.
     *
     * @param path a path, without the query
     * @return true if it is
     */
    public boolean knows(String path) {
        return operations.stream().anyMatch(operation -> operation.matches(path));
    }

    /**
     * Follows a reference.
     *
     * @param node what may be a reference
     * @return what it leads to, a missing node if that is nothing, or the node itself if it is no reference
     */
    public JsonNode resolve(JsonNode node) {
        JsonNode at = node;
        while (at.path("$ref").isString()) {
            String target = at.path("$ref").stringValue();
            at = target.startsWith("#/") ? root.at(target.substring(1)) : root.path("");
        }
        return at;
    }

    /**
     * Something that can be asked.
     *
     * @param method its method, in upper case
     * @param path its path with parameters in braces
     * @param node what the document says of it
     */
    public record Operation(String method, String path, JsonNode node) {
        int parameters() {
            return (int) PARAMETER.matcher(path).results().count();
        }

        /** Only a parameter that says so may have slashes in it. */
        boolean matches(String asked) {
            StringBuilder pattern = new StringBuilder();
            int from = 0;
            for (var parameter : PARAMETER.matcher(path).results().toList()) {
                pattern.append(Pattern.quote(path.substring(from, parameter.start())));
                pattern.append(parameter.group().endsWith("_path}") ? ".+" : "[^/]+");
                from = parameter.end();
            }
            pattern.append(Pattern.quote(path.substring(from)));
            return asked.matches(pattern.toString());
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }
}
