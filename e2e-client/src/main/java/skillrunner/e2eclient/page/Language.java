package skillrunner.e2eclient.page;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A language the pages speak. */
public enum Language {
    /** English; also what is spoken when nothing fits. */
    ENGLISH("en", Locale.ENGLISH),
    /** Simplified Chinese. */
    CHINESE("zh", Locale.SIMPLIFIED_CHINESE);

    private final String code;
    private final Locale locale;

    Language(String code, Locale locale) {
        this.code = code;
        this.locale = locale;
    }

    /**
     * Returns the name in cookies and file names.
     *
     * @return for example {@code zh}
     */
    public String code() {
        return code;
    }

    /**
     * Returns the name in a page's {@code lang} attribute.
     *
     * @return a BCP 47 tag
     */
    public String tag() {
        return locale.toLanguageTag();
    }

    Locale locale() {
        return locale;
    }

    static Optional<Language> parse(@Nullable String code) {
        return Arrays.stream(values()).filter(it -> it.code.equals(code)).findFirst();
    }

    /** Chooses by what a browser says it understands; a header that can't be read counts as none. */
    static Language negotiate(@Nullable String acceptLanguage) {
        try {
            List<Locale.LanguageRange> wanted = acceptLanguage == null || acceptLanguage.isBlank()
                    ? List.of()
                    : Locale.LanguageRange.parse(acceptLanguage);
            return wanted.stream()
                    .filter(range -> range.getWeight() > 0)
                    .flatMap(range -> parse(range.getRange().split("-", -1)[0]).stream())
                    .findFirst()
                    .orElse(ENGLISH);
        } catch (IllegalArgumentException e) {
            return ENGLISH;
        }
    }
}
