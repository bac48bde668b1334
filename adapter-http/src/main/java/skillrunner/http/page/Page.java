package skillrunner.http.page;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What the layout needs to know of the page it surrounds.
 *
 * @param title the page's own title
 * @param section which entry of the navigation is the current one
 * @param language the language
 * @param theme the colours
 * @param messages the texts
 * @param assets where this server's assets are, without a slash at the end
 * @param imports which modules a script needs
 * @param address path and query, to come back to
 * @param insecure whether others can reach the server without a password
 */
public record Page(
        String title,
        String section,
        Language language,
        Theme theme,
        Messages messages,
        String assets,
        Function<String, List<String>> imports,
        String address,
        boolean insecure) {
    /** Refuses null parts. */
    public Page {
        Objects.requireNonNull(title);
        Objects.requireNonNull(section);
        Objects.requireNonNull(language);
        Objects.requireNonNull(theme);
        Objects.requireNonNull(messages);
        Objects.requireNonNull(assets);
        Objects.requireNonNull(imports);
        Objects.requireNonNull(address);
    }

    /**
     * Returns a text in the page's language.
     *
     * @param key its key
     * @param arguments what is put into it
     * @return the text
     */
    public String t(String key, Object... arguments) {
        return messages.text(key, arguments);
    }

    /**
     * Returns what a browser has to load before scripts of the page can begin.
     *
     * @param scripts names of assets; an empty one stands for none
     * @return names of assets, each once, without the scripts themselves
     */
    public List<String> modules(String... scripts) {
        return Stream.of(scripts)
                .filter(script -> !script.isEmpty())
                .flatMap(script -> imports.apply(script).stream())
                .distinct()
                .toList();
    }

    /**
     * Tells whether a theme is the chosen one.
     *
     * @param code the theme's code
     * @return {@code true} or {@code false}, as an attribute wants it
     */
    public String pressed(String code) {
        return Boolean.toString(theme.code().equals(code));
    }

    /**
     * Tells whether an entry of the navigation is the current one.
     *
     * @param name the entry
     * @return true if it is
     */
    public boolean isIn(String name) {
        return section.equals(name);
    }
}
