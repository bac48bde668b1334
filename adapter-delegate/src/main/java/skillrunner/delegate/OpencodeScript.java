package skillrunner.delegate;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import skillrunner.delegate.screen.Anchors;
import skillrunner.delegate.screen.Key;
import skillrunner.delegate.screen.PageAddress;
import skillrunner.delegate.screen.ScreenText;
import skillrunner.delegate.screen.UserCode;
import skillrunner.domain.signin.SignInFault;
import skillrunner.domain.signin.SignInInputKind;
import skillrunner.domain.signin.SignInMethod;
import skillrunner.domain.signin.SignInPrompt;

/**
 * The menus of opencode's sign-in. What is chosen is looked at before it is taken: lists differ from version to version, so nothing is
 * ever chosen by where it stands.
 */
final class OpencodeScript implements Script {
    private static final Anchors SCREENS = Anchors.of(OpencodeScript.class, "opencode.screens");
    private static final Duration BETWEEN_KEYS = Duration.ofMillis(700);

    /** It shows nothing before npm has brought its plugins, and a registry may be slow. */
    private static final Duration OPENING = Duration.ofMinutes(5);

    private static final Duration RESULT = Duration.ofSeconds(60);
    private static final String PROVIDER = "provider";
    private static final String PAGE_HINT = "Go to:";

    private final OpencodeAccount account;
    private final SignInMethod method;
    private final LoopbackReplay replay;
    private final Presses presses = new Presses(BETWEEN_KEYS);
    private final MenuSearch providers;
    private final MenuSearch methods;
    private final MenuSearch accounts;
    private final SentAnswer answer = new SentAnswer(RESULT);
    private String address = "";
    private long pasted = -1;

    OpencodeScript(OpencodeAccount account, SignInMethod method, LoopbackReplay replay) {
        this.account = account;
        this.method = method;
        this.replay = replay;
        this.providers = new MenuSearch(PROVIDER, account::isProvider, Optional.of(account.label()), presses);
        this.methods = new MenuSearch("method", row -> account.isMethod(row, method), Optional.empty(), presses);
        this.accounts = new MenuSearch("accounts", row -> row.contains("add account"), Optional.empty(), presses);
    }

    @Override
    public List<String> arguments() {
        return List.of("auth", "login");
    }

    @Override
    public Duration opening() {
        return OPENING;
    }

    @Override
    public void look(ScreenText screen, Stage stage) {
        Optional<Anchors.Sighting> seen = SCREENS.now(screen);
        if (seen.isPresent()) {
            look(seen.get(), screen, stage);
        }
        if (answer.isOverdue(stage.now())) {
            stage.ask(
                    SignInPrompt.page(address, SignInInputKind.TEXT),
                    Optional.of(SignInFault.RESULT_OVERDUE.saying("the CLI did not react to the answer; try again")));
        }
    }

    private void look(Anchors.Sighting seen, ScreenText screen, Stage stage) {
        long place = seen.place();
        switch (seen.screen()) {
            case PROVIDER -> search(providers, place, screen, stage);
            case "method" -> search(methods, place, screen, stage);
            case "accounts" -> search(accounts, place, screen, stage);
            case "project" -> once("project", place, stage, Key.ENTER);
            case "another" -> once("another", place, stage, Key.NO, Key.ENTER);
            case "key" ->
                stage.failed(SignInFault.PLUGIN_MISSING.saying("opencode asks for an API key of " + account.label()
                        + " and offers no sign-in: its plugin for it is missing"));
            case "wait" -> waiting(screen, stage);
            case "paste" -> paste(place, screen, stage);
            case "success" -> {
                stage.recognized();
                if (answer.isBefore(place)) {
                    stage.done();
                }
            }
            default -> stage.recognized();
        }
    }

    private void search(MenuSearch menu, long place, ScreenText screen, Stage stage) {
        stage.automatic();
        if (!menu.look(place, screen.from(place), stage)) {
            stage.failed(SignInFault.SCREEN_NOT_UNDERSTOOD.saying(
                    "opencode's list has no entry for " + account.label() + " and this way to sign in"));
        }
        stage.recognized();
    }

    /** Each time a question is asked anew. */
    private void once(String name, long place, Stage stage, Key... keys) {
        stage.automatic();
        stage.recognized();
        answer.heard();
        String question = name + place;
        if (presses.times(question) == 0 && presses.due(name, BETWEEN_KEYS, stage.now())) {
            for (Key key : keys) {
                stage.press(key);
            }
            presses.pressed(question, stage.now());
            presses.pressed(name, stage.now());
        }
    }

    /** It waits below an address that is whole by then, and goes on drawing how it waits. */
    private void waiting(ScreenText screen, Stage stage) {
        stage.recognized();
        String shown = screen.between(screen.last(PAGE_HINT), SCREENS.last("wait", screen));
        Optional<String> page = PageAddress.in(shown);
        if (page.isEmpty() || page.get().equals(address)) {
            return;
        }
        if (method == SignInMethod.CALLBACK) {
            address = page.get();
            stage.ask(SignInPrompt.page(address, SignInInputKind.TEXT), Optional.empty());
        } else {
            UserCode.in(shown).ifPresent(code -> {
                address = page.get();
                stage.ask(SignInPrompt.code(address, code), Optional.empty());
            });
        }
    }

    private void paste(long place, ScreenText screen, Stage stage) {
        stage.recognized();
        boolean echo = answer.isAfter(SCREENS.last("page", screen));
        if (place <= pasted || echo) {
            return;
        }
        PageAddress.between(screen.between(SCREENS.behind("page", screen), place))
                .ifPresent(found -> {
                    boolean again = answer.isSent();
                    pasted = place;
                    address = found;
                    answer.heard();
                    stage.ask(
                            SignInPrompt.page(found, SignInInputKind.TEXT),
                            again
                                    ? Optional.of(SignInFault.CODE_REFUSED.saying(
                                            "the answer was not accepted; open the new page"))
                                    : Optional.empty());
                });
    }

    @Override
    public void submit(String value, ScreenText screen, Stage stage) {
        if (account.listensItself()) {
            replay.bring(value, address, stage);
            return;
        }
        Pasted.hide(value, stage);
        answer.enter(value, screen, stage);
    }
}
