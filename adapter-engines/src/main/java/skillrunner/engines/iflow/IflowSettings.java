package skillrunner.engines.iflow;

import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code .iflow/settings.json}. */
final class IflowSettings {
    static final String FILE = ".iflow/settings.json";
    static final String DEFAULT =
            """
            {
              "selectedAuthType": "oauth-iflow",
              "baseUrl": "https://apis.iflow.cn/v1"
            }
            """;

    private static final String AUTH_TYPE = "selectedAuthType";
    private static final String OAUTH = "oauth-iflow";
    /** What older versions of the CLI called the same sign-in. */
    private static final String OAUTH_OLD = "iflow";

    private static final String BASE_URL = "baseUrl";
    private static final String DEFAULT_BASE_URL = "https://apis.iflow.cn/v1";
    private static final Pattern HTTP = Pattern.compile("https?://.*");
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private IflowSettings() {}

    static boolean usesOauth(String content) {
        Optional<ObjectNode> settings = parse(content);
        return settings.isPresent()
                && text(settings.get(), AUTH_TYPE).equals(OAUTH)
                && HTTP.matcher(text(settings.get(), BASE_URL)).matches();
    }

    /** Gives the settings what the CLI can't do without; everything else in them stays. */
    static Optional<String> mended(String content) {
        Optional<ObjectNode> parsed = parse(content);
        if (parsed.isEmpty()) {
            return Optional.of(DEFAULT);
        }
        ObjectNode settings = parsed.get();
        boolean changed = false;
        String type = text(settings, AUTH_TYPE);
        if (type.isBlank() || type.equals(OAUTH_OLD)) {
            settings.put(AUTH_TYPE, OAUTH);
            changed = true;
        }
        if (!HTTP.matcher(text(settings, BASE_URL)).matches()) {
            settings.put(BASE_URL, DEFAULT_BASE_URL);
            changed = true;
        }
        return changed ? Optional.of(JSON.writeValueAsString(settings) + "\n") : Optional.empty();
    }

    private static Optional<ObjectNode> parse(String content) {
        try {
            JsonNode root = JSON.readTree(content);
            return root instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static String text(ObjectNode settings, String name) {
        JsonNode value = settings.path(name);
        return value.isString() ? value.stringValue() : "";
    }
}
