package skillrunner.http.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.text.NumberFormat;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

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

    /**
     * Returns the texts of a language.
     *
     * @param language the language
     * @return its texts
     */
    public static Messages in(Language language) {
        return ALL.getOrDefault(language, new Messages(language, new Properties()));
    }

    /**
     * Returns a text.
     *
     * @param key its key, the same in all languages
     * @param arguments what is put in place of {@code {0}} and so on
     * @return the text
     * @throws IllegalArgumentException for a key that is not in the bundle
     */
    public String text(String key, Object... arguments) {
        String pattern = texts.getProperty(key);
        if (pattern == null) {
            throw new IllegalArgumentException("no text in " + language + " for " + key);
        }
        return arguments.length == 0 ? pattern : new MessageFormat(pattern, language.locale()).format(arguments);
    }

    /**
     * Returns a text about a number of things, which in some languages has a form of its own for one thing.
     *
     * @param key its key; that of the form for one ends with {@code .one}
     * @param count how many, put in place of {@code {0}}
     * @param others what is put in place of {@code {1}} and so on
     * @return the text
     */
    public String counted(String key, long count, Object... others) {
        Object[] arguments = new Object[others.length + 1];
        arguments[0] = number(count);
        System.arraycopy(others, 0, arguments, 1, others.length);
        return text(count == 1 ? key + ".one" : key, arguments);
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

    /**
     * Writes how long something took.
     *
     * @param duration how long
     * @return for example {@code 1 min 3 s}
     */
    public String duration(Duration duration) {
        long millis = Math.max(0, duration.toMillis());
        long seconds = millis / 1000;
        if (millis < 10_000) {
            return text("duration.tenths", String.format(language.locale(), "%.1f", millis / 1000.0));
        }
        if (seconds < 60) {
            return text("duration.seconds", Long.toString(seconds));
        }
        if (seconds < 3600) {
            return text("duration.minutes", Long.toString(seconds / 60), Long.toString(seconds % 60));
        }
        return text("duration.hours", Long.toString(seconds / 3600), Long.toString(seconds % 3600 / 60));
    }

    /**
     * Writes how large something is.
     *
     * @param bytes how large
     * @return for example {@code 1.5 MiB}
     */
    public String size(long bytes) {
        if (bytes < 1024) {
            return counted("size.bytes", bytes);
        }
        double kib = bytes / 1024.0;
        return kib < 1024
                ? String.format(language.locale(), "%.1f KiB", kib)
                : String.format(language.locale(), "%.1f MiB", kib / 1024);
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
     * Returns all texts whose keys begin alike.
     *
     * @param beginning the beginning
     * @return the texts by the rest of their keys, in its order
     */
    public Map<String, String> below(String beginning) {
        Map<String, String> found = new TreeMap<>();
        for (String key : keys()) {
            if (key.startsWith(beginning)) {
                found.put(key.substring(beginning.length()), text(key));
            }
        }
        return found;
    }

    Set<String> keys() {
        return texts.stringPropertyNames();
    }

    private static Properties load(Language language) {
        String name = "messages_" + language.code() + ".properties";
        Properties texts = new Properties();
        try (InputStream in = Messages.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing");
            }
            texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return texts;
    }
}
