package skillrunner.mcp;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.modelcontextprotocol.spec.McpSchema;
import skillrunner.json.ExactJson;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** How messages are read and written: strictly, and so that nothing of a skill's numbers is lost. */
final class ProtocolJson {
    private ProtocolJson() {}

    static JsonMapper mapper() {
        return ExactJson.mapper()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .addMixIn(McpSchema.ElicitRequest.class, NamesItsMode.class)
                .build();
    }

    /** The library has the mode of a form twice, as its type and as a member, which Jackson refuses to write since 3.3. */
    @JsonTypeInfo(
            use = JsonTypeInfo.Id.NAME,
            include = JsonTypeInfo.As.EXISTING_PROPERTY,
            property = "mode",
            visible = true,
            defaultImpl = McpSchema.ElicitFormRequest.class)
    private interface NamesItsMode {}
}
