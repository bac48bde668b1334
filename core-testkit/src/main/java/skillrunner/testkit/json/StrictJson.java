package skillrunner.testkit.json;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.application.json.JsonText;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes JSON with Jackson. Safe for concurrent use. */
public final class StrictJson implements JsonText {
    private static final JsonMapper READER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final JsonMapper CANONICAL = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    @Override
    public Optional<Map<String, Object>> parseObject(String text) {
        if (!text.stripLeading().startsWith("{")) {
            return Optional.empty();
        }
        try {
            return Optional.of(READER.readValue(text, new TypeReference<LinkedHashMap<String, Object>>() {}));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    @Override
    public String canonical(@Nullable Object value) {
        return CANONICAL.writeValueAsString(value);
    }

    @Override
    public String pretty(@Nullable Object value) {
        return READER.writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n";
    }
}
