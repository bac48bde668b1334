package skillrunner.oauth;

import java.util.Collection;
import java.util.Optional;
import skillrunner.domain.problem.Excerpt;
import tools.jackson.databind.node.ObjectNode;

/** What may be repeated of a provider's refusal: its status and the two words that OAuth has for it, without what we sent. */
final class ProviderFault {
    private static final int MOST_CHARACTERS = 300;
    private static final int SHORTEST_SECRET = 4;

    private ProviderFault() {}

    static String inWords(int status, Optional<ObjectNode> body, Collection<String> secrets) {
        StringBuilder words = new StringBuilder("the provider answered ").append(status);
        body.flatMap(it -> Json.text(it, "error"))
                .ifPresent(error -> words.append(": ").append(error));
        body.flatMap(it -> Json.text(it, "error_description"))
                .ifPresent(description -> words.append(": ").append(description));
        return cleaned(words.toString(), secrets);
    }

    /** One line, without secrets, not longer than an error may be. */
    static String cleaned(String text, Collection<String> secrets) {
        String clean = text;
        for (String secret : secrets) {
            if (secret.length() >= SHORTEST_SECRET) {
                clean = clean.replace(secret, "***");
            }
        }
        return Excerpt.of(clean.replaceAll("[\\p{Cntrl}\\s]+", " ").strip(), MOST_CHARACTERS - 1);
    }
}
