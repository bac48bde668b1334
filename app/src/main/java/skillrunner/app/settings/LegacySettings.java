package skillrunner.app.settings;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * How addresses that have a successor are answered.
 *
 * @param gone whether they are withdrawn
 * @param sunset the day from which they may be gone, as it is sent
 * @param document where that is explained
 */
public record LegacySettings(boolean gone, String sunset, String document) {
    private static final Variable MODE = new Variable(
            "SKILL_RUNNER_UI_LEGACY_API_MODE",
            "`warn`",
            "Old data addresses of the pages: `gone` answers them with 410; with any other word they work and announce their end.");
    private static final Variable SUNSET = new Variable(
            "SKILL_RUNNER_UI_LEGACY_API_SUNSET",
            "`2026-06-30`",
            "The day they announce, sent as it stands in `Sunset`.");
    private static final Variable DOCUMENT = new Variable(
            "SKILL_RUNNER_UI_LEGACY_API_REPLACEMENT_DOC",
            "`/docs/api_reference.md#management-api-recommended`",
            "Address of the page that explains it, sent in `Link`.");

    static final List<Variable> VARIABLES = List.of(MODE, SUNSET, DOCUMENT);

    private static final Pattern HEADER_TEXT = Pattern.compile("[ -~]+");
    private static final Pattern ADDRESS = Pattern.compile("[!-~&&[^<>\"]]+");

    /** Refuses null parts. */
    public LegacySettings {
        Objects.requireNonNull(sunset);
        Objects.requireNonNull(document);
    }

    static LegacySettings read(EnvironmentReader reader) {
        return new LegacySettings(
                reader.text(MODE).orElse("").toLowerCase(Locale.ROOT).equals("gone"),
                fitting(reader, SUNSET, "2026-06-30", HEADER_TEXT, "plain ASCII text is needed"),
                fitting(
                        reader,
                        DOCUMENT,
                        "/docs/api_reference.md#management-api-recommended",
                        ADDRESS,
                        "an address in ASCII without spaces is needed"));
    }

    private static String fitting(
            EnvironmentReader reader, Variable variable, String fallback, Pattern pattern, String allowed) {
        String text = reader.text(variable).orElse(fallback);
        if (!pattern.matcher(text).matches()) {
            throw new BadSettingException(variable.name(), text, allowed);
        }
        return text;
    }
}
