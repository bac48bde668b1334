package skillrunner.oauth;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import skillrunner.domain.signin.SignInProvider;

/**
 * A provider that opencode can be signed in to.
 *
 * @param provider its names
 * @param authMode what a sign-in to it takes
 */
record OpencodeProvider(SignInProvider provider, AuthMode authMode) {
    private static final String LIST = "opencode-providers.txt";
    private static final int COLUMNS = 3;

    /** What a sign-in to a provider takes. */
    enum AuthMode {
        OAUTH,
        API_KEY
    }

    /** The list that ships with the product, in the order of menus. */
    static List<OpencodeProvider> all() {
        try (InputStream in = Objects.requireNonNull(OpencodeProvider.class.getResourceAsStream(LIST), LIST);
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(OpencodeProvider::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static OpencodeProvider named(String id) {
        return all().stream()
                .filter(it -> it.provider().id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no provider " + id));
    }

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException if it is none, or its mode of authentication is unknown
     */
    static OpencodeProvider parse(String line) {
        String[] columns = line.split("\\|", -1);
        if (columns.length != COLUMNS) {
            throw new IllegalArgumentException("no line of a list of providers: " + line);
        }
        AuthMode mode =
                switch (columns[2].strip()) {
                    case "oauth" -> AuthMode.OAUTH;
                    case "api_key" -> AuthMode.API_KEY;
                    default -> throw new IllegalArgumentException("an unknown auth_mode: " + line);
                };
        return new OpencodeProvider(new SignInProvider(columns[0].strip(), columns[1].strip()), mode);
    }
}
