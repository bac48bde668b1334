package skillrunner.oauth;

import java.util.List;
import java.util.Optional;

/** What a browser sees that brought an answer. */
final class CallbackPage {
    private CallbackPage() {}

    /**
     * Writes the page.
     *
     * @param outcome what became of the answer
     * @param providerError the provider's word, which anybody may have made up
     */
    static String html(CallbackOutcome outcome, Optional<String> providerError) {
        return "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>" + escaped(outcome.title())
                + "</title></head><body><h1>" + escaped(outcome.title()) + "</h1><p>" + escaped(outcome.words())
                + "</p>"
                + providerError
                        .filter(error -> outcome == CallbackOutcome.NOT_SIGNED_IN)
                        .map(error -> "<p>" + escaped(ProviderFault.cleaned(error, List.of())) + "</p>")
                        .orElse("")
                + "</body></html>";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
