package skillrunner.application.run.journal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.application.json.JsonText;
import skillrunner.testkit.json.StrictJson;

/** Schemas that ask for more than the shipped ones do of some types' data. */
record StricterSchemas(Map<String, Map<String, Object>> data) implements JsonText {
    @Override
    public Optional<Map<String, Object>> parseObject(String text) {
        return new StrictJson().parseObject(text).map(schema -> {
            List<Object> demands = new ArrayList<>((List<?>) Objects.requireNonNull(schema.get("allOf")));
            data.forEach((type, demand) -> demands.add(Map.of(
                    "if",
                    Map.of(
                            "required",
                            List.of("event"),
                            "properties",
                            Map.of("event", Map.of("properties", Map.of("type", Map.of("const", type))))),
                    "then",
                    Map.of("properties", Map.of("data", demand)))));
            Map<String, Object> stricter = new LinkedHashMap<>(schema);
            stricter.put("allOf", demands);
            return stricter;
        });
    }

    @Override
    public String canonical(@Nullable Object value) {
        return new StrictJson().canonical(value);
    }

    @Override
    public String pretty(@Nullable Object value) {
        return new StrictJson().pretty(value);
    }
}
