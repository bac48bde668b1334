package skillrunner.http.page;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import skillrunner.domain.problem.Excerpt;

/**
 * A JSON value as a person reads it: an object as a list of names and values, a list of objects of one shape as a table, a
 * list of plain values on one line. Long lists, long texts and deep nesting are cut, and say so.
 *
 * @param kind how it is shown
 * @param text the text of a plain value, or how many items a list has beyond those shown
 * @param names names of the fields, or heads of the columns
 * @param values values of the fields or items; of a table, row after row
 * @param link where a plain value leads; empty if nowhere
 */
public record ValueView(Kind kind, String text, List<String> names, List<ValueView> values, String link) {
    /** How a value is shown. */
    public enum Kind {
        /** One short text. */
        PLAIN,
        /** A text of several lines. */
        TEXT,
        /** Nothing. */
        NOTHING,
        /** Names and values. */
        FIELDS,
        /** Plain values side by side. */
        SERIES,
        /** Values below one another. */
        ITEMS,
        /** Rows and columns. */
        TABLE
    }

    private static final int MAX_ITEMS = 200;
    private static final int MAX_DEPTH = 8;
    private static final int MAX_COLUMNS = 12;
    private static final int LONG_TEXT = 120;

    /** So many values one page shows at most, and so many characters of each. */
    private static final int MAX_VALUES = 5_000;

    private static final int MAX_TEXT = 20_000;

    /** Copies the collections and refuses null parts. */
    public ValueView {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(text);
        Objects.requireNonNull(link);
        names = List.copyOf(names);
        values = List.copyOf(values);
    }

    private ValueView(Kind kind, String text, List<String> names, List<ValueView> values) {
        this(kind, text, names, values, "");
    }

    /** How much of a value is still shown, and where its texts lead. */
    private record Reading(AtomicInteger left, UnaryOperator<String> links) {}

    /**
     * Shows a value.
     *
     * @param value a JSON value
     * @return what a page shows
     */
    public static ValueView of(@Nullable Object value) {
        return of(value, text -> "");
    }

    /**
     * Shows a value whose texts may lead somewhere.
     *
     * @param value a JSON value
     * @param links finds the address a text leads to; an empty one leads nowhere
     * @return what a page shows
     */
    public static ValueView of(@Nullable Object value, UnaryOperator<String> links) {
        return of(value, 0, new Reading(new AtomicInteger(MAX_VALUES), links));
    }

    /**
     * Returns the cells of a table, row by row.
     *
     * @return the rows
     */
    public List<List<ValueView>> rows() {
        List<List<ValueView>> rows = new ArrayList<>();
        for (int from = 0; from < values.size(); from += names.size()) {
            rows.add(values.subList(from, from + names.size()));
        }
        return rows;
    }

    private static ValueView of(@Nullable Object value, int depth, Reading reading) {
        if (reading.left().getAndDecrement() <= 0) {
            return plain("…");
        }
        if (value instanceof Map<?, ?> object) {
            return depth >= MAX_DEPTH ? plain("…") : fields(object, depth, reading);
        }
        if (value instanceof List<?> list) {
            return depth >= MAX_DEPTH ? plain("…") : list(list, depth, reading);
        }
        if (value == null) {
            return new ValueView(Kind.NOTHING, "", List.of(), List.of());
        }
        String text = VisibleText.of(Excerpt.of(value.toString(), MAX_TEXT));
        return text.length() > LONG_TEXT || text.indexOf('\n') >= 0
                ? new ValueView(Kind.TEXT, text, List.of(), List.of())
                : new ValueView(
                        Kind.PLAIN, text, List.of(), List.of(), reading.links().apply(value.toString()));
    }

    private static ValueView plain(String text) {
        return new ValueView(Kind.PLAIN, text, List.of(), List.of());
    }

    private static ValueView fields(Map<?, ?> object, int depth, Reading reading) {
        if (object.isEmpty()) {
            return new ValueView(Kind.NOTHING, "", List.of(), List.of());
        }
        List<String> names = new ArrayList<>();
        List<ValueView> values = new ArrayList<>();
        object.forEach((name, value) -> {
            if (names.size() < MAX_ITEMS) {
                names.add(VisibleText.of(Excerpt.of(String.valueOf(name), LONG_TEXT)));
                values.add(of(value, depth + 1, reading));
            }
        });
        return new ValueView(Kind.FIELDS, more(object.size()), names, values);
    }

    private static ValueView list(List<?> list, int depth, Reading reading) {
        if (list.isEmpty()) {
            return new ValueView(Kind.NOTHING, "", List.of(), List.of());
        }
        List<?> shown = list.subList(0, Math.min(MAX_ITEMS, list.size()));
        Set<String> columns = columns(shown);
        if (!columns.isEmpty()) {
            List<ValueView> cells = new ArrayList<>();
            for (Object row : shown) {
                columns.forEach(column -> cells.add(of(((Map<?, ?>) row).get(column), depth + 1, reading)));
            }
            return new ValueView(
                    Kind.TABLE,
                    more(list.size()),
                    columns.stream()
                            .map(column -> VisibleText.of(Excerpt.of(column, LONG_TEXT)))
                            .toList(),
                    cells);
        }
        List<ValueView> items =
                shown.stream().map(item -> of(item, depth + 1, reading)).toList();
        boolean allPlain = items.stream().allMatch(item -> item.kind() == Kind.PLAIN);
        return new ValueView(allPlain ? Kind.SERIES : Kind.ITEMS, more(list.size()), List.of(), items);
    }

    /** Names of the columns, or none if the list is no table: every item is an object, and together they have few names. */
    private static Set<String> columns(List<?> list) {
        Set<String> columns = new LinkedHashSet<>();
        for (Object item : list) {
            if (!(item instanceof Map<?, ?> row) || row.isEmpty()) {
                return Set.of();
            }
            row.keySet().forEach(name -> columns.add(String.valueOf(name)));
            if (columns.size() > MAX_COLUMNS) {
                return Set.of();
            }
        }
        return columns;
    }

    private static String more(int size) {
        return size > MAX_ITEMS ? Integer.toString(size - MAX_ITEMS) : "";
    }
}
