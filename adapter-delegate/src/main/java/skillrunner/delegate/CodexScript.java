package skillrunner.delegate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import skillrunner.delegate.screen.PageAddress;
import skillrunner.delegate.screen.ScreenText;
import skillrunner.delegate.screen.UserCode;
import skillrunner.domain.signin.SignInInputKind;
import skillrunner.domain.signin.SignInMethod;
import skillrunner.domain.signin.SignInPrompt;

/** {@code codex login}: it prints an address, and a code if it is told so, and waits. Nothing is typed. */
final class CodexScript implements Script {
    private static final Duration QUIET = Duration.ofMillis(700);
    private static final String DEVICE_PAGE = "/codex/device";

    private final SignInMethod method;
    private final Optional<String> issuer;
    private final LoopbackReplay replay;
    private String address = "";

    CodexScript(SignInMethod method, Optional<String> issuer, LoopbackReplay replay) {
        this.method = method;
        this.issuer = issuer;
        this.replay = replay;
    }

    @Override
    public List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of("login"));
        if (method == SignInMethod.AUTH_CODE_OR_URL) {
            arguments.add("--device-auth");
            issuer.ifPresent(it -> arguments.addAll(List.of("--experimental_issuer", it)));
        }
        return arguments;
    }

    @Override
    public void look(ScreenText screen, Stage stage) {
        if (method == SignInMethod.CALLBACK) {
            PageAddress.in(screen.text())
                    .filter(found -> !PageAddress.isOfThisMachine(found) || found.contains("redirect_uri="))
                    .filter(found -> !found.equals(address) && isWhole(found, screen, stage))
                    .ifPresent(found -> {
                        address = found;
                        stage.ask(SignInPrompt.page(found, SignInInputKind.TEXT), Optional.empty());
                    });
        } else {
            Optional<String> page = page(screen.text());
            Optional<String> code = UserCode.in(screen.text());
            if (page.isPresent() && code.isPresent() && !page.get().equals(address)) {
                address = page.get();
                stage.ask(SignInPrompt.code(address, code.get()), Optional.empty());
            }
        }
    }

    /** That which is meant for codes, wherever its provider is. */
    private static Optional<String> page(String text) {
        int at = text.lastIndexOf(DEVICE_PAGE);
        return at < 0
                ? PageAddress.in(text)
                : PageAddress.in(text.substring(text.lastIndexOf('\n', at) + 1, at + DEVICE_PAGE.length()));
    }

    /** It may have come in part only: something follows it, or nothing has come for a moment. */
    private static boolean isWhole(String found, ScreenText screen, Stage stage) {
        String last = found.substring(Math.max(0, found.length() - 8));
        long place = screen.last(last);
        return !screen.from(place + last.length()).strip().isEmpty()
                || !stage.now().isBefore(stage.lastOutput().plus(QUIET));
    }

    @Override
    public void submit(String value, ScreenText screen, Stage stage) {
        replay.bring(value, address, stage);
    }
}
