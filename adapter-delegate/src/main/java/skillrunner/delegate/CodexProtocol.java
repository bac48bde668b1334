package skillrunner.delegate;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import skillrunner.application.json.JsonText;
import skillrunner.delegate.screen.Key;
import skillrunner.delegate.screen.ScreenText;
import skillrunner.domain.signin.SignInFault;
import skillrunner.domain.signin.SignInInputKind;
import skillrunner.domain.signin.SignInMethod;
import skillrunner.domain.signin.SignInProblem;
import skillrunner.domain.signin.SignInPrompt;

/**
 * {@code codex app-server}: the same sign-in as a conversation in JSON-RPC, a line for each message. A CLI that does not know it answers
 * nothing of the kind, and is driven by its screen instead.
 */
final class CodexProtocol implements Script {
    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final Duration LOGIN_PATIENCE = Duration.ofSeconds(30);
    private static final int HELLO = 1;
    private static final int LOGIN = 2;

    /** What it says of a step that it takes with its credentials once it has stored them, and again in each run. */
    private static final String BEHIND = "workspace routing";

    private final SignInMethod method;
    private final Optional<String> issuer;
    private final JsonText json;
    private final LoopbackReplay replay;
    private long read;
    private boolean greeted;
    private boolean asked;
    private String address = "";

    /** @param issuer where it signs in, if not at its own provider */
    CodexProtocol(SignInMethod method, Optional<String> issuer, JsonText json, LoopbackReplay replay) {
        this.method = method;
        this.issuer = issuer;
        this.json = json;
        this.replay = replay;
    }

    @Override
    public List<String> arguments() {
        return List.of("app-server");
    }

    @Override
    public Map<String, String> variables() {
        return issuer.map(it -> Map.of("CODEX_APP_SERVER_LOGIN_ISSUER", it)).orElse(Map.of());
    }

    @Override
    public boolean isProtocol() {
        return true;
    }

    @Override
    public void begin(Stage stage) {
        send(
                stage,
                Map.of(
                        "id",
                        HELLO,
                        "method",
                        "initialize",
                        "params",
                        Map.of("clientInfo", Map.of("name", "skill-runner", "title", "Skill Runner", "version", "1"))));
    }

    @Override
    public void look(ScreenText screen, Stage stage) {
        String news = screen.from(read);
        int end = news.lastIndexOf('\n');
        if (end >= 0) {
            read = screen.end() - news.length() + end + 1;
            news.substring(0, end).lines().filter(line -> line.startsWith("{")).forEach(line -> json.parseObject(line)
                    .ifPresent(message -> take(message, stage)));
        }
        if (!asked && stage.now().isAfter(stage.begun().plus(greeted ? LOGIN_PATIENCE : PATIENCE))) {
            stage.otherwise(SignInFault.SCREEN_NOT_UNDERSTOOD.saying("the CLI does not answer as a server"));
        }
    }

    /** The terminal shows what was sent as well; that has a method and no result. */
    private void take(Map<String, Object> message, Stage stage) {
        stage.recognized();
        if (Integer.valueOf(HELLO).equals(message.get("id")) && message.containsKey("result") && !greeted) {
            greeted = true;
            send(stage, Map.of("method", "initialized"));
            send(
                    stage,
                    Map.of(
                            "id",
                            LOGIN,
                            "method",
                            "account/login/start",
                            "params",
                            Map.of("type", method == SignInMethod.CALLBACK ? "chatgpt" : "chatgptDeviceCode")));
        } else if (message.get("error") instanceof Map<?, ?> error && message.containsKey("id") && !asked) {
            stage.otherwise(SignInFault.PROVIDER_REFUSED.saying(
                    "the CLI can't begin: " + text(error, "message").orElse("no reason is known")));
        } else if (Integer.valueOf(LOGIN).equals(message.get("id")) && message.get("result") instanceof Map<?, ?> it) {
            begun(it, stage);
        } else if ("account/login/completed".equals(message.get("method"))
                && message.get("params") instanceof Map<?, ?> it) {
            completed(it, stage);
        }
    }

    private void begun(Map<?, ?> login, Stage stage) {
        Optional<SignInPrompt> prompt = method == SignInMethod.CALLBACK
                ? text(login, "authUrl").map(page -> SignInPrompt.page(page, SignInInputKind.TEXT))
                : text(login, "verificationUrl")
                        .flatMap(page -> text(login, "userCode").map(code -> SignInPrompt.code(page, code)));
        if (prompt.isEmpty()) {
            stage.otherwise(SignInFault.SCREEN_NOT_UNDERSTOOD.saying("the CLI's answer names no page"));
            return;
        }
        asked = true;
        address = prompt.get().address().orElseThrow();
        stage.ask(prompt.get(), Optional.empty());
    }

    private static void completed(Map<?, ?> outcome, Stage stage) {
        if (Boolean.TRUE.equals(outcome.get("success"))) {
            stage.done();
            return;
        }
        String error = text(outcome, "error").orElse("no reason is known");
        SignInProblem why = SignInFault.PROVIDER_REFUSED.saying("the sign-in failed: " + error);
        if (error.contains(BEHIND)) {
            stage.fellShort(
                    "codex is signed in, and could not find out about its workspace, which each run tries again: "
                            + error,
                    why);
        } else {
            stage.otherwise(why);
        }
    }

    @Override
    public void submit(String value, ScreenText screen, Stage stage) {
        replay.bring(value, address, stage);
    }

    private void send(Stage stage, Map<String, Object> message) {
        stage.type(json.canonical(message));
        stage.press(Key.LINE);
    }

    private static Optional<String> text(Map<?, ?> map, String name) {
        return map.get(name) instanceof String text && !text.isBlank() ? Optional.of(text) : Optional.empty();
    }
}
