package skillrunner.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One call, put together by the generated classes. What is null is left out. For one thread. */
public final class Call {
    private final String method;
    private String path;
    private final StringBuilder query = new StringBuilder();
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final Map<String, Object> parts = new LinkedHashMap<>();
    private @Nullable Object json;

    private Call(String method, String path) {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("a path begins with /: " + path);
        }
        this.method = Objects.requireNonNull(method);
        this.path = path;
    }

    /**
     * Begins a call.
     *
     * @param method the method
     * @param path the path, with names in braces where values go
     * @return the call
     */
    public static Call of(String method, String path) {
        return new Call(method, path);
    }

    /**
     * Puts a value into the path.
     *
     * @param name the name in braces
     * @param value the value; a slash in it stays one, the rest is escaped
     * @return this
     */
    public Call path(String name, Object value) {
        String text = text(value);
        if (text.isEmpty()) {
            throw new IllegalArgumentException(name + " is empty");
        }
        path = path.replace("{" + name + "}", escaped(text).replace("%2F", "/"));
        return this;
    }

    /**
     * Adds a parameter.
     *
     * @param name its name
     * @param value its value; of a collection, the values
     * @return this
     */
    public Call query(String name, @Nullable Object value) {
        if (value instanceof Collection<?> all) {
            return all.isEmpty()
                    ? this
                    : query(name, all.stream().map(Call::text).collect(Collectors.joining(",")));
        }
        if (value != null) {
            query.append(query.isEmpty() ? '?' : '&')
                    .append(escaped(name))
                    .append('=')
                    .append(escaped(text(value)).replace("%2C", ","));
        }
        return this;
    }

    /**
     * Adds a header.
     *
     * @param name its name
     * @param value its value
     * @return this
     */
    public Call header(String name, @Nullable Object value) {
        if (value != null) {
            headers.put(name, text(value));
        }
        return this;
    }

    /**
     * Sends a value as JSON.
     *
     * @param value a record, or lists, maps, texts, numbers
     * @return this
     */
    public Call json(@Nullable Object value) {
        json = value;
        return this;
    }

    /**
     * Sends a part of a form.
     *
     * @param name its name
     * @param value an {@link Upload} or a text
     * @return this
     */
    public Call part(String name, @Nullable Object value) {
        if (value != null) {
            parts.put(name, value);
        }
        return this;
    }

    String method() {
        return method;
    }

    /** The path with its parameters, as it is sent. */
    String target() {
        return path + query;
    }

    Map<String, String> headers() {
        return Collections.unmodifiableMap(headers);
    }

    @Nullable
    Object json() {
        return json;
    }

    Map<String, Object> parts() {
        return Collections.unmodifiableMap(parts);
    }

    private static String text(Object value) {
        return value instanceof Enum<?> ? Json.plain(value) : value.toString();
    }

    private static String escaped(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
