package skillrunner.delegate;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import skillrunner.application.background.BackgroundTasks;
import skillrunner.application.signin.PastedAnswer;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.signin.SignInFault;

/**
 * Brings to a CLI's own listener what a browser could not: the CLI waits on a port of this machine, and its user pasted the address that
 * the browser was sent to. Only what the CLI itself named as its address is called, and only on loopback; it is done when its listener has
 * shown its last page, so where it leads on to another page of its own it is followed. Safe for concurrent use.
 */
final class LoopbackReplay {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String STATE = "state";
    private static final int MOST_PAGES = 4;
    private static final int FIRST_REDIRECT = 301;
    private static final int LAST_REDIRECT = 308;

    private final BackgroundTasks background;

    LoopbackReplay(BackgroundTasks background) {
        this.background = background;
    }

    /**
     * Brings an answer.
     *
     * @param pasted what the user typed
     * @param page the address of the provider's page, which tells where the CLI listens and by which state it knows the answer
     * @param stage told that the answer was taken
     * @throws RefusedException if it is no answer to this page; nobody was called then
     */
    void bring(String pasted, String page, Stage stage) {
        PastedAnswer answer = PastedAnswer.read(pasted)
                .orElseThrow(() -> refused("The answer is neither a code nor an address with one"));
        String listener = parameter(page, "redirect_uri")
                .filter(LoopbackReplay::isLoopback)
                .orElseThrow(() -> refused("The CLI does not wait on this machine"));
        if (pasted.strip().matches("(?i)https?://.*") && !isLoopback(pasted.strip())) {
            throw refused("The address leads to another machine");
        }
        Optional<String> state = parameter(page, STATE);
        if (answer.state().isPresent() && !answer.state().equals(state)) {
            throw refused("The answer belongs to another sign-in");
        }
        URI address = URI.create(listener + "?code=" + encoded(answer.code())
                + state.map(it -> "&" + STATE + "=" + encoded(it)).orElse(""));
        stage.hide(answer.code(), true);
        stage.answered();
        background.submit("sign-in answer", () -> call(address, stage));
    }

    private static void call(URI address, Stage stage) {
        HttpClient client = HttpClient.newBuilder()
                .connectTimeout(LIMIT)
                .proxy(HttpClient.Builder.NO_PROXY)
                .build();
        try {
            // What becomes of it tells the CLI.
            Optional<URI> page = Optional.of(address);
            for (int pages = 0; page.isPresent() && pages < MOST_PAGES; pages++) {
                page = next(page.get(), client);
            }
        } catch (IOException e) {
            stage.failed(SignInFault.CLI_ENDED.saying("the CLI does not listen on its port any more"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Where a page leads on to, if that is another one of the same listener. */
    private static Optional<URI> next(URI page, HttpClient client) throws IOException, InterruptedException {
        HttpResponse<Void> answer = client.send(
                HttpRequest.newBuilder(page).timeout(LIMIT).GET().build(), HttpResponse.BodyHandlers.discarding());
        if (answer.statusCode() < FIRST_REDIRECT || answer.statusCode() > LAST_REDIRECT) {
            return Optional.empty();
        }
        return answer.headers()
                .firstValue("Location")
                .flatMap(place -> resolved(page, place))
                .filter(there -> "http".equals(there.getScheme())
                        && page.getRawAuthority().equals(there.getRawAuthority()));
    }

    private static Optional<URI> resolved(URI page, String place) {
        try {
            return Optional.of(page.resolve(place));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean isLoopback(String address) {
        try {
            URI uri = new URI(address);
            String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
            return "http".equalsIgnoreCase(uri.getScheme())
                    && uri.getUserInfo() == null
                    && (host.equals("localhost") || host.equals("127.0.0.1") || host.equals("[::1]"));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** Of the query of an address, which a program has shown: what can't be decoded is none. */
    private static Optional<String> parameter(String address, String name) {
        int question = address.indexOf('?');
        return question < 0
                ? Optional.empty()
                : Stream.of(address.substring(question + 1).split("[&#]", -1))
                        .filter(part -> part.startsWith(name + "="))
                        .map(part -> part.substring(name.length() + 1))
                        .findFirst()
                        .flatMap(LoopbackReplay::decoded);
    }

    private static Optional<String> decoded(String value) {
        try {
            return Optional.of(URLDecoder.decode(value, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static RefusedException refused(String why) {
        return new RefusedException(ErrorCode.INPUT_REFUSED, why);
    }
}
