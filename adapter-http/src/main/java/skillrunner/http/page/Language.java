package skillrunner.http.page;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A language the pages speak. */
public enum Language {
    /** English; also what is spoken when nothing fits. */
    ENGLISH("en", "en", Locale.ENGLISH),
    /** Simplified Chinese. */
    CHINESE("zh", "zh-CN", Locale.SIMPLIFIED_CHINESE);

    private final String code;
    private final String tag;
    private final Locale locale;

    Language(String code, String tag, Locale locale) {
        this.code = code;
        this.tag = tag;
        this.locale = locale;
    }

    /**
     * Returns the name in cookies, forms and file names.
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
        return tag;
    }

    Locale locale() {
        return locale;
    }

    static Optional<Language> parse(@Nullable String code) {
        return Arrays.stream(values())
                .filter(language -> language.code.equals(code))
                .findFirst();
    }

    /** Chooses by what a browser says it understands; a header that can't be read counts as none. */
    static Language negotiate(@Nullable String acceptLanguage) {
        if (acceptLanguage == null || acceptLanguage.isBlank()) {
            return ENGLISH;
        }
        try {
            List<Locale.LanguageRange> wanted = Locale.LanguageRange.parse(acceptLanguage);
            return wanted.stream()
                    .filter(range -> range.getWeight() > 0)
                    .map(range -> parse(range.getRange().split("-", -1)[0]))
                    .flatMap(Optional::stream)
                    .findFirst()
                    .orElse(ENGLISH);
        } catch (IllegalArgumentException e) {
            return ENGLISH;
        }
    }
}
