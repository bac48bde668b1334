package skillrunner.http.signin;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import skillrunner.application.engine.Engines;
import skillrunner.application.signin.SignInSnapshot;
import skillrunner.application.signin.SignIns;
import skillrunner.application.signin.SignOut;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.signin.SignInInputKind;
import skillrunner.domain.signin.SignInTransport;
import skillrunner.http.JsonBody;

/**
 * Sign-in sessions: the same under {@code /v1/engines/auth} and, for the pages, under {@code /ui/engines/auth}; an address for each
 * transport, and those of old, which take both.
 */
public final class SignInRoutes {
    private static final List<String> ROOTS = List.of("/v1/engines/auth", "/ui/engines/auth");

    private final SignIns signIns;
    private final SignOut signOut;
    private final Engines engines;
    private final Predicate<EngineId> ready;

    /**
     * Takes its collaborators.
     *
     * @param signIns the sessions
     * @param signOut signs engines out
     * @param engines the engines of this server
     * @param ready tells whether an engine has its credentials
     */
    public SignInRoutes(SignIns signIns, SignOut signOut, Engines engines, Predicate<EngineId> ready) {
        this.signIns = Objects.requireNonNull(signIns);
        this.signOut = Objects.requireNonNull(signOut);
        this.engines = Objects.requireNonNull(engines);
        this.ready = Objects.requireNonNull(ready);
    }

    /**
     * Registers the routes. They come before routes that take an engine's name in the place of {@code auth}.
     *
     * @param routes where
     */
    public void register(RoutesConfig routes) {
        for (String root : ROOTS) {
            boolean page = root.startsWith("/ui");
            for (SignInTransport transport : SignInTransport.values()) {
                String sessions = root + "/" + transport.slug() + "/sessions";
                Shape shape = page ? snapshot -> SignInJson.Told.of(snapshot, false) : SignInJson::of;
                routes.post(
                        sessions,
                        ctx -> begin(
                                ctx,
                                sessions,
                                SignInBody.of(JsonBody.of(ctx), transport, engines, signIns.ways()),
                                shape));
                register(routes, sessions, Optional.of(transport), shape);
            }
            String sessions = root + "/sessions";
            Shape old = snapshot -> SignInJson.Told.of(snapshot, true);
            routes.post(
                    sessions,
                    ctx -> begin(ctx, sessions, SignInBody.ofOld(JsonBody.of(ctx), engines, signIns.ways()), old));
            register(routes, sessions, Optional.empty(), old);
        }
        routes.delete("/v1/engines/{engine}/auth", this::signOut);
        routes.get("/ui/engines/auth/session/active", ctx -> ctx.json(SignInJson.Active.of(signIns.active())));
    }

    /** How a session is told at an address. */
    @FunctionalInterface
    private interface Shape {
        Object of(SignInSnapshot snapshot);
    }

    private void register(RoutesConfig routes, String sessions, Optional<SignInTransport> transport, Shape shape) {
        String session = sessions + "/{session_id}";
        routes.get(session, ctx -> ctx.json(shape.of(signIns.find(transport, id(ctx)))));
        routes.post(session + "/input", ctx -> {
            // Whose session it is comes before what is typed into it.
            signIns.find(transport, id(ctx));
            SignInSnapshot answered = submit(ctx, transport);
            ctx.json(SignInJson.Submitted.of(answered, shape.of(answered)));
        });
        routes.post(session + "/cancel", ctx -> {
            SignInSnapshot canceled = signIns.cancel(transport, id(ctx));
            ctx.json(SignInJson.Canceled.of(canceled, shape.of(canceled)));
        });
    }

    private void begin(Context ctx, String sessions, SignInBody body, Shape shape) {
        SignInSnapshot begun = signIns.start(body.transport(), body.engine(), body.method(), body.provider());
        ctx.header("Location", sessions + "/" + begun.session().id());
        ctx.json(shape.of(begun));
    }

    private SignInSnapshot submit(Context ctx, Optional<SignInTransport> transport) {
        JsonBody body = JsonBody.of(ctx);
        Optional<SignInInputKind> kind = SignInInputKind.parse(body.requiredText("kind"));
        if (kind.isEmpty()) {
            body.refuse("kind", "must be code, text or api_key");
        }
        String value = body.requiredText("value");
        body.refuseIfWrong();
        return signIns.submit(transport, id(ctx), kind.orElseThrow(), value);
    }

    private void signOut(Context ctx) {
        EngineId engine = EngineId.parse(ctx.pathParam("engine"))
                .filter(engines.known()::contains)
                .orElseThrow(() -> new RefusedException(ErrorCode.ENGINE_NOT_FOUND, "There is no engine of this name"));
        signOut.signOut(engine);
        ctx.json(new SignInJson.SignedOut(engine, ready.test(engine)));
    }

    private static String id(Context ctx) {
        return ctx.pathParam("session_id");
    }
}
