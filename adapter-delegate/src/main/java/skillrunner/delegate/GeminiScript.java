package skillrunner.delegate;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import skillrunner.delegate.screen.Anchors;
import skillrunner.delegate.screen.Key;
import skillrunner.delegate.screen.PageAddress;
import skillrunner.delegate.screen.ScreenText;
import skillrunner.domain.signin.SignInFault;
import skillrunner.domain.signin.SignInInputKind;
import skillrunner.domain.signin.SignInPrompt;

/**
 * gemini's screens, in the plain form it has for screen readers. From the moment it asks for the code nothing is typed but what the
 * user brings.
 */
final class GeminiScript implements Script {
    private static final Anchors SCREENS = Anchors.of(GeminiScript.class, "gemini.screens");
    private static final Pattern CHOSEN = Pattern.compile("\\(checked\\)\\s*(\\d{1,2})\\.");

    /**
     * The CLI repeats the words of Google's service, whatever they are, behind words of its own; lines may be broken anywhere. A project that
     * has to be named is what it says to accounts of companies.
     */
    private static final Pattern NOT_ELIGIBLE = Pattern.compile("(?i)not\\s+eligible|ineligible|INELIGIBLE_ACCOUNT"
            + "|requires\\s+setting\\s+the\\s+GOOGLE_CLOUD_PROJECT|no\\s+longer\\s+(?:available|supported)\\s+for"
            + "|DASHER_USER|NON_USER_ACCOUNT|RESTRICTED_(?:AGE|NETWORK)|(?:UNSUPPORTED|UNKNOWN)_LOCATION"
            + "|not\\s+(?:currently\\s+)?available\\s+in\\s+your\\s+(?:location|country|region)"
            + "|at\\s+least\\s+18\\s+years|account\\s+(?:has\\s+been\\s+|is\\s+)?suspended"
            + "|disabled\\s+in\\s+this\\s+account\\s+for\\s+violation");

    private static final Duration BETWEEN_KEYS = Duration.ofMillis(600);
    private static final Duration BETWEEN_SAME = Duration.ofMillis(800);
    private static final Duration UNHEARD = Duration.ofSeconds(3);
    private static final Duration SETTLED = Duration.ofSeconds(2);
    private static final Duration RESULT = Duration.ofSeconds(60);

    private final Presses presses = new Presses(BETWEEN_KEYS);
    private final NumberedMenu menu = new NumberedMenu(CHOSEN, presses);
    private final SentAnswer answer = new SentAnswer(RESULT);
    private final AuthCommand command = new AuthCommand(SETTLED, SETTLED.multipliedBy(2), presses);
    private long pressedAt = -1;
    private long asked = -1;
    private String address = "";

    @Override
    public List<String> arguments() {
        return List.of("--screen-reader");
    }

    @Override
    public void look(ScreenText screen, Stage stage) {
        if (asked >= 0 && NOT_ELIGIBLE.matcher(screen.from(asked)).find()) {
            stage.failed(SignInFault.ACCOUNT_NOT_ELIGIBLE.saying(
                    "ACCOUNT_NOT_ELIGIBLE: Google does not let this account use gemini; use a GEMINI_API_KEY instead"));
            return;
        }
        Optional<Anchors.Sighting> seen = SCREENS.now(screen);
        if (seen.isPresent()) {
            look(seen.get(), screen, stage);
        }
        if (answer.isOverdue(stage.now())) {
            stage.ask(
                    SignInPrompt.page(address, SignInInputKind.CODE),
                    Optional.of(SignInFault.RESULT_OVERDUE.saying("the CLI did not react to the code; try again")));
        }
    }

    private void look(Anchors.Sighting seen, ScreenText screen, Stage stage) {
        switch (seen.screen()) {
            case "prompt" -> prompt(seen.place(), screen, stage);
            case "main" -> main(seen.place(), stage);
            case "page" -> stage.recognized();
            default -> automatic(seen, screen, stage);
        }
    }

    private void automatic(Anchors.Sighting seen, ScreenText screen, Stage stage) {
        if (asked >= 0) {
            if (seen.place() > asked) {
                stage.failed(
                        SignInFault.CODE_REFUSED.saying("the CLI went back to its menu: it did not accept the code"));
            }
            return;
        }
        stage.automatic();
        switch (seen.screen()) {
            case "menu" -> menu.choose(seen.place(), screen.from(seen.place()), stage);
            case "trust" -> repeat(seen, Key.ENTER, screen, stage);
            default -> repeat(seen, Key.ESCAPE, screen, stage);
        }
        if (!presses.tooMany(seen.screen()) && !menu.tooMany()) {
            stage.recognized();
        }
    }

    /** Again if the screen was painted anew, or nothing at all was; else the key was taken, and one more would meet what comes next. */
    private void repeat(Anchors.Sighting seen, Key key, ScreenText screen, Stage stage) {
        boolean anew = seen.place() >= pressedAt;
        boolean unheard = screen.end() == pressedAt;
        Duration every = anew ? BETWEEN_SAME : UNHEARD;
        if ((anew || unheard) && !presses.tooMany(seen.screen()) && presses.due(seen.screen(), every, stage.now())) {
            stage.press(key);
            presses.pressed(seen.screen(), stage.now());
            pressedAt = screen.end();
        }
    }

    private void prompt(long place, ScreenText screen, Stage stage) {
        stage.recognized();
        if (place <= asked) {
            return;
        }
        Optional<String> found = PageAddress.between(screen.between(SCREENS.behind("page", screen), place));
        if (found.isEmpty()) {
            return;
        }
        boolean again = asked >= 0 && answer.isSent();
        boolean same = found.get().equals(address);
        asked = place;
        address = found.get();
        if (again && same) {
            return;
        }
        answer.heard();
        stage.ask(
                SignInPrompt.page(address, SignInInputKind.CODE),
                again
                        ? Optional.of(SignInFault.CODE_REFUSED.saying(
                                "the code was not accepted; open the new page and bring its code"))
                        : Optional.empty());
    }

    /** Signed in already, or signed in now. */
    private void main(long place, Stage stage) {
        stage.recognized();
        if (answer.isSent()) {
            if (place > asked) {
                stage.done();
            }
            return;
        }
        if (asked < 0) {
            command.look(stage);
        }
    }

    @Override
    public void submit(String value, ScreenText screen, Stage stage) {
        stage.hide(value, true);
        answer.enter(value, screen, stage);
    }
}
