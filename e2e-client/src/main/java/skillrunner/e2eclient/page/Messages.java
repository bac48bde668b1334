package skillrunner.e2eclient.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.text.NumberFormat;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;

/** The texts of the pages in one language. Immutable. */
public final class Messages {
    private static final Map<Language, Messages> ALL = new EnumMap<>(Language.class);

    static {
        for (Language language : Language.values()) {
            ALL.put(language, new Messages(language, load(language)));
        }
    }

    private final Language language;
    private final Properties texts;

    private Messages(Language language, Properties texts) {
        this.language = language;
        this.texts = texts;
    }

    static Messages in(Language language) {
        return Objects.requireNonNull(ALL.get(language));
    }

    /**
     * Returns a text.
     *
     * @param key its key, the same in all languages
     * @param arguments what is put in place of {@code {0}} and so on
     * @return the text
     * @throws IllegalArgumentException for a key that is not there
     */
    public String text(String key, Object... arguments) {
        String pattern = texts.getProperty(key);
        if (pattern == null) {
            throw new IllegalArgumentException("no text in " + language + " for " + key);
        }
        return arguments.length == 0 ? pattern : new MessageFormat(pattern, language.locale()).format(arguments);
    }

    /**
     * Returns a text for a word of the server, or the word itself where it is a new one.
     *
     * @param family how the keys of such words begin
     * @param word the word
     * @return what is shown
     */
    public String word(String family, String word) {
        String known = texts.getProperty(family + "." + word);
        return known == null ? VisibleText.of(word) : known;
    }

    /**
     * Tells whether there is a text.
     *
     * @param key its key
     * @return true if there is
     */
    public boolean has(String key) {
        return texts.containsKey(key);
    }

    /**
     * Writes a number.
     *
     * @param number the number
     * @return for example {@code 12,345}
     */
    public String number(long number) {
        return NumberFormat.getIntegerInstance(language.locale()).format(number);
    }

    Set<String> keys() {
        return texts.stringPropertyNames();
    }

    private static Properties load(Language language) {
        String name = "/skillrunner/e2eclient/messages_" + language.code() + ".properties";
        Properties texts = new Properties();
        try (InputStream in = Messages.class.getResourceAsStream(name)) {
            texts.load(new InputStreamReader(
                    Objects.requireNonNull(in, () -> name + " is missing"), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return texts;
    }
}
