package skillrunner.e2eclient.page;

import java.util.Objects;

/**
 * What the layout needs to know of the page it surrounds.
 *
 * @param title the page's own title
 * @param section which entry of the navigation is the current one
 * @param language the language
 * @param theme the colours
 * @param messages the texts
 * @param assets where the assets are, without a slash at the end
 * @param address path and query, to come back to
 */
public record Page(
        String title,
        String section,
        Language language,
        Theme theme,
        Messages messages,
        String assets,
        String address) {
    /** Refuses null parts. */
    public Page {
        Objects.requireNonNull(title);
        Objects.requireNonNull(section);
        Objects.requireNonNull(language);
        Objects.requireNonNull(theme);
        Objects.requireNonNull(messages);
        Objects.requireNonNull(assets);
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
     * @return what its attribute says; null for none
     */
    public @org.jspecify.annotations.Nullable String current(String name) {
        return section.equals(name) ? "page" : null;
    }
}
