package skillrunner.http;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import skillrunner.json.ExactJson;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * The form of JSON on the wire: snake_case, moments in RFC 3339 in UTC with six fraction digits, ids and words of the core
 * as texts. Nothing else knows these forms; wire records hold the values.
 */
public final class WireFormat {
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
    private static final JsonMapper MAPPER = ExactJson.mapper()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .addModule(WireTypes.module())
            .build();

    private WireFormat() {}

    /**
     * Returns the one mapper of this module.
     *
     * @return the mapper, immutable
     */
    public static JsonMapper mapper() {
        return MAPPER;
    }

    /**
     * Writes a moment.
     *
     * @param moment the moment
     * @return for example {@code 2026-11-22T08:30:00.123456Z}
     */
    public static String moment(Instant moment) {
        return MOMENT.format(moment);
    }
}
