package skillrunner.http.engine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import skillrunner.domain.upgrade.UpgradeStatus;
import skillrunner.http.page.Messages;
import skillrunner.http.page.Moment;
import skillrunner.http.page.StatusView;
import skillrunner.http.page.TerminalText;

/** Turns the wire record of an upgrade into its panel. Safe for concurrent use. */
final class UpgradePresenter {
    private static final int LINES = 200;
    private static final int CHARACTERS = 32 * 1024;
    private static final String NOTHING = "-";

    private final Clock clock;

    UpgradePresenter(Clock clock) {
        this.clock = Objects.requireNonNull(clock);
    }

    static String address(String id) {
        return "/ui/engines/upgrades/" + id + "/status";
    }

    /** An upgrade that was not accepted, or of which nothing is known. */
    UpgradeView refused(String title, String error, @Nullable String other, Messages messages) {
        return new UpgradeView(
                NOTHING,
                title,
                status(UpgradeStatus.FAILED.wire(), messages),
                null,
                "0",
                "",
                null,
                "",
                error,
                other,
                "",
                List.of());
    }

    UpgradeView panel(UpgradeJson upgrade, Messages messages) {
        boolean active = !UpgradeStatus.of(upgrade.status()).isTerminal();
        Instant created = Instant.parse(upgrade.createdAt());
        Instant until = active ? clock.instant() : Instant.parse(upgrade.updatedAt());
        int ended = upgrade.results().size();
        List<UpgradeView.Part> parts = new ArrayList<>();
        for (String engine : upgrade.engines()) {
            parts.add(part(upgrade, engine, parts.size() == ended, messages));
        }
        return new UpgradeView(
                upgrade.requestId(),
                upgrade.requestedEngine() == null
                        ? messages.text("upgrade.title.all")
                        : messages.text("upgrade.title.single", upgrade.requestedEngine()),
                status(upgrade.status(), messages),
                active ? address(upgrade.requestId()) : null,
                Integer.toString(ended),
                isRunning(upgrade) && parts.size() > 1 && ended < parts.size()
                        ? messages.text("upgrade.progress", ended + 1, parts.size())
                        : "",
                Moment.of(created),
                messages.duration(Duration.between(created, until)),
                "",
                null,
                "/v1/engines/upgrades/" + upgrade.requestId(),
                parts);
    }

    private static UpgradeView.Part part(UpgradeJson upgrade, String engine, boolean next, Messages messages) {
        UpgradeJson.Result result = upgrade.results().get(engine);
        if (result != null) {
            return ended(engine, result, upgrade.engines().size() == 1, messages);
        }
        UpgradeJson.Running running = upgrade.running();
        if (running != null && running.engine().equals(engine)) {
            return new UpgradeView.Part(
                    engine,
                    status(UpgradeStatus.RUNNING.wire(), messages),
                    "",
                    "",
                    Moment.of(Instant.parse(running.startedAt())),
                    logs(engine, running.stdout(), running.stderr(), true, messages),
                    false);
        }
        String status = next && isRunning(upgrade) ? UpgradeStatus.RUNNING.wire() : UpgradeStatus.QUEUED.wire();
        return new UpgradeView.Part(engine, status(status, messages), "", "", null, List.of(), false);
    }

    private static UpgradeView.Part ended(String engine, UpgradeJson.Result result, boolean alone, Messages messages) {
        boolean failed = result.status().equals("failed");
        List<UpgradeView.Log> logs = logs(engine, result.stdout(), result.stderr(), failed || alone, messages);
        return new UpgradeView.Part(
                engine,
                status(result.status(), messages),
                Objects.requireNonNullElse(result.version(), ""),
                result.error() == null ? "" : TerminalText.of(result.error()),
                null,
                logs,
                logs.isEmpty() && !result.status().equals("skipped"));
    }

    private static List<UpgradeView.Log> logs(
            String engine, String stdout, String stderr, boolean open, Messages messages) {
        List<UpgradeView.Log> logs = new ArrayList<>();
        if (!stdout.isBlank()) {
            logs.add(log(engine + "-stdout", messages.text("output.stdout"), stdout, open, messages));
        }
        if (!stderr.isBlank()) {
            logs.add(log(engine + "-stderr", messages.text("output.stderr"), stderr, open, messages));
        }
        return logs;
    }

    /** Only the end is shown: the whole would make the page slow, and it is asked for every second. */
    private static UpgradeView.Log log(String name, String label, String text, boolean open, Messages messages) {
        String end = text.length() <= CHARACTERS ? text : fromLineStart(text, text.length() - CHARACTERS);
        List<String> lines = List.of(TerminalText.of(end).stripTrailing().split("\n", -1));
        List<String> last = lines.subList(Math.max(0, lines.size() - LINES), lines.size());
        boolean cut = end.length() < text.length() || last.size() < lines.size();
        return new UpgradeView.Log(
                "log-" + name,
                label,
                String.join("\n", last),
                cut ? messages.text("upgrade.cut", Integer.toString(last.size())) : "",
                open);
    }

    private static String fromLineStart(String text, int from) {
        int lineEnd = text.indexOf('\n', from);
        // A single line longer than what is shown is cut in itself, but not between the halves of a character.
        int start = lineEnd < 0 || lineEnd == text.length() - 1 ? from : lineEnd + 1;
        return text.substring(Character.isLowSurrogate(text.charAt(start)) ? start + 1 : start);
    }

    private static boolean isRunning(UpgradeJson upgrade) {
        return upgrade.status().equals(UpgradeStatus.RUNNING.wire());
    }

    private static StatusView status(String name, Messages messages) {
        return StatusView.of(name, messages);
    }
}
