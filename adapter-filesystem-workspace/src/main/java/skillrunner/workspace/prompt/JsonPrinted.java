package skillrunner.workspace.prompt;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import skillrunner.application.json.JsonText;

/** Lists and maps that print as JSON wherever a template prints them, and numbers that do no harm. */
final class JsonPrinted {
    private static final int MOST_DIGITS = 1_000;

    private JsonPrinted() {}

    static @Nullable Object of(@Nullable Object value, JsonText json) {
        if (value instanceof Map<?, ?> map) {
            PrintedMap printed = new PrintedMap(json);
            map.forEach((key, member) -> printed.put(String.valueOf(key), of(member, json)));
            return printed;
        }
        if (value instanceof List<?> list) {
            PrintedList printed = new PrintedList(json);
            list.forEach(member -> printed.add(of(member, json)));
            return printed;
        }
        // Whoever reckons with such a number writes out all of its digits; as text it prints the same.
        if (value instanceof BigDecimal number && Math.abs((long) number.scale()) > MOST_DIGITS) {
            return number.toString();
        }
        return value;
    }

    private static final class PrintedMap extends LinkedHashMap<String, @Nullable Object> {
        private static final long serialVersionUID = 1L;

        private final transient JsonText json;

        PrintedMap(JsonText json) {
            this.json = json;
        }

        @Override
        public String toString() {
            return json.canonical(this);
        }
    }

    private static final class PrintedList extends ArrayList<@Nullable Object> {
        private static final long serialVersionUID = 1L;

        private final transient JsonText json;

        PrintedList(JsonText json) {
            this.json = json;
        }

        @Override
        public String toString() {
            return json.canonical(this);
        }
    }
}
