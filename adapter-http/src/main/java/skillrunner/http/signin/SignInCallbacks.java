package skillrunner.http.signin;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.application.signin.BrowserAnswer;
import skillrunner.application.signin.SignInSnapshot;
import skillrunner.application.signin.SignIns;
import skillrunner.domain.signin.SignInStatus;

/**
 * Where a provider sends a browser back. There is no password here: the state is what proves who comes, and it does so once. What
 * came is never shown.
 */
public final class SignInCallbacks {
    /** The name of the channel that the addresses belong to. */
    private static final String OPENAI = "openai";

    private static final List<String> ADDRESSES = List.of(
            "/auth/callback", "/v1/engines/auth/callback/openai", "/v1/engines/auth/oauth-proxy/callback/openai");
    private static final int BAD_REQUEST = 400;

    private final SignIns signIns;

    /**
     * Takes the sessions.
     *
     * @param signIns the sessions
     */
    public SignInCallbacks(SignIns signIns) {
        this.signIns = Objects.requireNonNull(signIns);
    }

    /**
     * Registers the routes.
     *
     * @param routes where
     */
    public void register(RoutesConfig routes) {
        ADDRESSES.forEach(address -> routes.get(address, this::answer));
    }

    private void answer(Context ctx) {
        Optional<SignInSnapshot> session = given(ctx, "state")
                .flatMap(state ->
                        signIns.callBack(new BrowserAnswer(OPENAI, state, given(ctx, "code"), given(ctx, "error"))));
        boolean signedIn = session.filter(it -> it.session().status() == SignInStatus.SUCCEEDED)
                .isPresent();
        if (!signedIn) {
            ctx.status(BAD_REQUEST);
        }
        String words = signedIn
                ? "Signed in. You can close this page."
                : session.isPresent()
                        ? "The sign-in has failed. The page it was begun on says why."
                        : "No sign-in waits for this answer. Begin a new one.";
        ctx.header("Cache-Control", "no-store");
        ctx.html("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Skill Runner</title><p>" + words
                + "</p></html>");
    }

    private static Optional<String> given(Context ctx, String name) {
        @Nullable String value = ctx.queryParam(name);
        return Optional.ofNullable(value).filter(it -> !it.isBlank());
    }
}
