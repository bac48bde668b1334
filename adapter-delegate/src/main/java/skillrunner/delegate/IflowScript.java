package skillrunner.delegate;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
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
    private String address = "";
    private long sentAt = -1;
    private boolean extra;
    private boolean modelTaken;
    private @Nullable Instant sent;
    private @Nullable Instant mainSince;

    @Override
    public List<String> arguments() {
        return List.of();
    }

    @Override
    public Map<String, String> variables() {
        return Map.of("NO_BROWSER", "true");
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
        if (sentAt >= 0) {
            if (place > sentAt) {
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
        if (sent == null) {
            return;
        }
        Instant now = stage.now();
        if (!extra && !now.isBefore(sent.plus(EXTRA_ENTER))) {
            extra = true;
            stage.press(Key.ENTER);
        }
        if (now.isAfter(sent.plus(RESULT))) {
            sent = null;
            stage.ask(
                    SignInPrompt.page(address, SignInInputKind.CODE),
                    Optional.of(SignInFault.RESULT_OVERDUE.saying("verification timed out, get a new code")));
        }
    }

    private void ask(String found, Stage stage) {
        boolean again = !address.isEmpty() && sentAt >= 0;
        address = found;
        sent = null;
        stage.ask(
                SignInPrompt.page(found, SignInInputKind.CODE),
                again
                        ? Optional.of(SignInFault.CODE_REFUSED.saying("code not accepted, use the new link"))
                        : Optional.empty());
    }

    /** Before a code was sent it only waits: what is chosen then may be of an earlier sign-in. */
    private void model(long place, Stage stage) {
        stage.recognized();
        if (sentAt < 0) {
            stage.automatic();
        } else if (place > sentAt && !modelTaken && presses.due(MODEL, BETWEEN_SAME, stage.now())) {
            sent = null;
            modelTaken = true;
            stage.press(Key.ENTER);
            presses.pressed(MODEL, stage.now());
        }
    }

    private void main(long place, Stage stage) {
        stage.recognized();
        if (sentAt >= 0) {
            if (place > sentAt) {
                stage.done();
            }
            return;
        }
        stage.automatic();
        Instant now = stage.now();
        if (mainSince == null) {
            mainSince = now;
        }
        int times = presses.times(MAIN);
        Duration due = times == 0 ? FIRST_COMMAND : SECOND_COMMAND;
        if (times < 2 && !now.isBefore(mainSince.plus(due))) {
            if (times == 0) {
                stage.type("/auth");
            }
            stage.press(Key.ENTER);
            presses.pressed(MAIN, now);
        }
    }

    @Override
    public void submit(String value, ScreenText screen, Stage stage) {
        stage.hide(value, true);
        stage.answered();
        sentAt = screen.end();
        sent = stage.now();
        extra = false;
        modelTaken = false;
        stage.enter(value);
    }
}
