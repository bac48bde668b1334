package skillrunner.delegate.screen;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The words by which the screens of a program are known. A program shows one screen after another in one stream, so the screen of now
 * is that whose words stand last. Immutable.
 */
public final class Anchors {
    private final Map<String, List<String>> words;

    private Anchors(Map<String, List<String>> words) {
        this.words = words;
    }

    /**
     * Reads them from a file beside a class: a line for each screen, {@code name = words | other words}.
     *
     * @param type the class
     * @param file the name of the file
     * @return the anchors
     */
    public static Anchors of(Class<?> type, String file) {
        Map<String, List<String>> words = new LinkedHashMap<>();
        try (InputStream in = Objects.requireNonNull(type.getResourceAsStream(file), file);
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(line -> words.put(
                            line.substring(0, line.indexOf('=')).strip(),
                            Stream.of(line.substring(line.indexOf('=') + 1).split("\\|", -1))
                                    .map(String::strip)
                                    .toList()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Anchors(words);
    }

    /**
     * A screen that was seen.
     *
     * @param screen its name
     * @param place where its words stand last
     */
    public record Sighting(String screen, long place) {}

    /**
     * Finds the screen of now.
     *
     * @param text what was shown
     * @return the screen, or empty if none is known of what was shown
     */
    public Optional<Sighting> now(ScreenText text) {
        Sighting found = null;
        for (String screen : words.keySet()) {
            long place = last(screen, text);
            if (place >= 0 && (found == null || place > found.place())) {
                found = new Sighting(screen, place);
            }
        }
        return Optional.ofNullable(found);
    }

    /**
     * Finds where a screen was shown last.
     *
     * @param screen its name
     * @param text what was shown
     * @return the place of its words; -1 if it was not shown
     */
    public long last(String screen, ScreenText text) {
        return Objects.requireNonNull(words.get(screen), screen).stream()
                .mapToLong(text::last)
                .max()
                .orElse(-1);
    }

    /**
     * Finds where a screen was shown first behind a place.
     *
     * @param screen its name
     * @param text what was shown
     * @param behind the place
     * @return the place of its words; -1 if it was not shown there
     */
    public long first(String screen, ScreenText text, long behind) {
        return Objects.requireNonNull(words.get(screen), screen).stream()
                .mapToLong(each -> text.first(each, behind))
                .filter(place -> place >= 0)
                .min()
                .orElse(-1);
    }

    /**
     * Returns how much the words of a screen take, where they stand last.
     *
     * @param screen its name
     * @param text what was shown
     * @return the place behind its words; -1 if it was not shown
     */
    public long behind(String screen, ScreenText text) {
        long best = -1;
        for (String each : Objects.requireNonNull(words.get(screen), screen)) {
            long place = text.last(each);
            if (place >= 0) {
                best = Math.max(best, place + each.length());
            }
        }
        return best;
    }
}
