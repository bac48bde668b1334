package skillrunner.domain.journal;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Puts the data of an event together: plain values in the order in which they were put. */
final class EventData {
    private final Map<String, Object> values = new LinkedHashMap<>();

    private EventData() {}

    static EventData of(String name, Object value) {
        return new EventData().with(name, value);
    }

    static EventData empty() {
        return new EventData();
    }

    /** Of a warning that takes the place of an event. */
    static Map<String, Object> refusal(String type, String breach) {
        return of("code", DiagnosticCode.SCHEMA_INTERNAL_INVALID.name())
                .with("path", type)
                .with("detail", breach)
                .map();
    }

    EventData with(String name, Object value) {
        values.put(name, Objects.requireNonNull(value));
        return this;
    }

    EventData with(String name, Optional<?> value) {
        value.ifPresent(present -> values.put(name, present));
        return this;
    }

    Map<String, Object> map() {
        return Collections.unmodifiableMap(values);
    }
}
