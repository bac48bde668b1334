package skillrunner.http.file;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import skillrunner.http.WireFormat;
import skillrunner.http.page.ValueView;
import tools.jackson.core.JacksonException;

/**
 * A text as its kind is read best. Whatever the text holds, nothing of it becomes more than text, tables and links.
 *
 * @param html Markdown as HTML made by us; empty for other kinds
 * @param value JSON or rows of CSV as a value; null for other kinds
 */
public record RichContent(String html, @Nullable ValueView value) {
    /** Of a file of no kind that is known. */
    public static final RichContent NOTHING = new RichContent("", null);

    private static final int LEVEL_OF_A_CARD = 2;
    private static final int LEVEL_OF_A_PREVIEW = 3;

    /** More rows are not shown anyway. */
    private static final int MAX_ROWS = 300;

    /** A value of more parts takes too long to lay out. */
    private static final int MAX_JSON = 128 * 1024;

    /** Refuses null parts. */
    public RichContent {
        Objects.requireNonNull(html);
    }

    /**
     * Reads a text by the ending of its name.
     *
     * @param path where it lies
     * @param text the text
     * @return what it is; nothing if its kind is unknown or it is no text of that kind
     */
    public static RichContent of(String path, String text) {
        String name = path.toLowerCase(Locale.ROOT);
        if (name.endsWith(".md") || name.endsWith(".markdown")) {
            return new RichContent(Markdown.html(text, LEVEL_OF_A_PREVIEW), null);
        }
        if (name.endsWith(".json") && text.length() <= MAX_JSON) {
            return json(text);
        }
        if (name.endsWith(".csv") || name.endsWith(".tsv")) {
            return table(text, name.endsWith(".tsv") ? '\t' : ',');
        }
        return NOTHING;
    }

    /**
     * Reads a text as Markdown that stands in a card of a page.
     *
     * @param text the text
     * @return HTML made by us; empty if the text is nested too deep
     */
    public static String markdown(String text) {
        return Markdown.html(text, LEVEL_OF_A_CARD);
    }

    /**
     * Tells whether there is more to show than the text.
     *
     * @return false if the kind is unknown
     */
    public boolean isEmpty() {
        return html.isEmpty() && value == null;
    }

    /**
     * Reads a text as one JSON object.
     *
     * @param text the text
     * @return the object as a value; nothing if the text is none, or a long one
     */
    public static RichContent object(String text) {
        return text.startsWith("{") && text.endsWith("}") && text.length() <= MAX_JSON ? json(text) : NOTHING;
    }

    private static RichContent json(String text) {
        try {
            return new RichContent("", ValueView.of(WireFormat.mapper().readValue(text, Object.class)));
        } catch (JacksonException e) {
            return NOTHING;
        }
    }

    /** Columns are named by the first row. */
    private static RichContent table(String text, char separator) {
        List<Map<String, Object>> rows = new ArrayList<>();
        List<String> names = List.of();
        try (CsvReader<CsvRecord> csv =
                CsvReader.builder().fieldSeparator(separator).ofCsvRecord(text)) {
            for (CsvRecord row : csv) {
                if (names.isEmpty()) {
                    names = row.getFields();
                } else if (rows.size() < MAX_ROWS) {
                    rows.add(named(names, row.getFields()));
                }
            }
        } catch (CsvParseException | IOException e) {
            return NOTHING;
        }
        return rows.isEmpty() ? NOTHING : new RichContent("", ValueView.of(rows));
    }

    private static Map<String, Object> named(List<String> names, List<String> fields) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            // Two columns of one name are two columns.
            String name = row.containsKey(names.get(i)) ? names.get(i) + " " + (i + 1) : names.get(i);
            row.put(name, i < fields.size() ? fields.get(i) : "");
        }
        return row;
    }
}
