package skillrunner.delegate;

import java.time.Duration;
import java.time.Instant;
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

/** iflow's screens, which are in Chinese. */
final class IflowScript implements Script {
    private static final Anchors SCREENS = Anchors.of(IflowScript.class, "iflow.screens");
    private static final Pattern CHOSEN = Pattern.compile("\u25cf\\s*(\\d{1,2})\\.");
    private static final String MAIN = "main";
    private static final String MODEL = "model";
    private static final Duration BETWEEN_KEYS = Duration.ofMillis(600);
    private static final Duration BETWEEN_SAME = Duration.ofMillis(800);
    private static final Duration FIRST_COMMAND = Duration.ofMillis(1500);
    private static final Duration SECOND_COMMAND = Duration.ofMillis(3500);
    private static final Duration EXTRA_ENTER = Duration.ofMillis(1500);
    private static final Duration RESULT = Duration.ofSeconds(8);

    private final Presses presses = new Presses(BETWEEN_KEYS);
    private final NumberedMenu menu = new NumberedMenu(CHOSEN, presses);
    private final SentAnswer answer = new SentAnswer(RESULT);
    private final AuthCommand command = new AuthCommand(FIRST_COMMAND, SECOND_COMMAND, presses);
    private String address = "";
    private boolean extra;
    private boolean modelTaken;

    @Override
    public List<String> arguments() {
        return List.of();
    }

    @Override
    public void look(ScreenText screen, Stage stage) {
        Optional<Anchors.Sighting> seen = SCREENS.now(screen);
        if (seen.isEmpty()) {
            return;
        }
        switch (seen.get().screen()) {
            case MAIN -> main(seen.get().place(), stage);
            case "menu" -> menu(seen.get().place(), screen, stage);
            case MODEL -> model(seen.get().place(), stage);
            default -> page(screen, stage);
        }
    }

    private void menu(long place, ScreenText screen, Stage stage) {
        if (answer.isSent()) {
            if (answer.isBefore(place)) {
                stage.failed(
                        SignInFault.CODE_REFUSED.saying("the CLI went back to its menu: it did not accept the code"));
            }
            return;
        }
        stage.automatic();
        menu.choose(place, screen.from(place), stage);
        if (!menu.tooMany()) {
            stage.recognized();
        }
    }

    private void page(ScreenText screen, Stage stage) {
        stage.recognized();
        long from = SCREENS.behind("page-address", screen);
        long to = SCREENS.first("page-end", screen, from);
        if (from >= 0 && to >= 0) {
            PageAddress.between(screen.between(from, to))
                    .filter(found -> !found.equals(address))
                    .ifPresent(found -> ask(found, stage));
        }
        Instant now = stage.now();
        boolean mute = answer.waiting()
                .filter(since -> !now.isBefore(since.plus(EXTRA_ENTER)))
                .isPresent();
        if (mute && !extra) {
            extra = true;
            stage.press(Key.ENTER);
        }
        if (answer.isOverdue(now)) {
            stage.ask(
                    SignInPrompt.page(address, SignInInputKind.CODE),
                    Optional.of(SignInFault.RESULT_OVERDUE.saying("verification timed out, get a new code")));
        }
    }

    private void ask(String found, Stage stage) {
        boolean again = !address.isEmpty() && answer.isSent();
        address = found;
        answer.heard();
        stage.ask(
                SignInPrompt.page(found, SignInInputKind.CODE),
                again
                        ? Optional.of(SignInFault.CODE_REFUSED.saying("code not accepted, use the new link"))
                        : Optional.empty());
    }

    /** Before a code was sent it only waits: what is chosen then may be of an earlier sign-in. */
    private void model(long place, Stage stage) {
        stage.recognized();
        if (!answer.isSent()) {
            stage.automatic();
        } else if (answer.isBefore(place) && !modelTaken && presses.due(MODEL, BETWEEN_SAME, stage.now())) {
            answer.heard();
            modelTaken = true;
            stage.press(Key.ENTER);
            presses.pressed(MODEL, stage.now());
        }
    }

    private void main(long place, Stage stage) {
        stage.recognized();
        if (!answer.isSent()) {
            command.look(stage);
        } else if (answer.isBefore(place)) {
            stage.done();
        }
    }

    @Override
    public void submit(String value, ScreenText screen, Stage stage) {
        stage.hide(value, true);
        extra = false;
        modelTaken = false;
        answer.enter(value, screen, stage);
    }
}
