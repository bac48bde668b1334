package skillrunner.workspace.json;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.application.json.JsonText;
import skillrunner.json.ExactJson;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@link JsonText} by Jackson. Safe for concurrent use. */
public final class JacksonJson implements JsonText {
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    /** Less than what may be written, so that what was read can be put into an answer of ours. */
    private static final int MOST_LEVELS = 200;

    private final JsonMapper strict = ExactJson.mapper(
                    StreamReadConstraints.builder().maxNestingDepth(MOST_LEVELS).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private final JsonMapper canonical = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();
    private final JsonMapper pretty =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** Makes an instance; one is enough. */
    public JacksonJson() {}

    @Override
    public Optional<Map<String, Object>> parseObject(String text) {
        if (!text.stripLeading().startsWith("{")) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(strict.readValue(text, OBJECT));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    @Override
    public String canonical(@Nullable Object value) {
        return canonical.writeValueAsString(value);
    }

    @Override
    public String pretty(@Nullable Object value) {
        return pretty.writeValueAsString(value) + "\n";
    }
}
