package skillrunner.http.engine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import skillrunner.application.upgrade.FindUpgradeTask;
import skillrunner.application.upgrade.UpgradeOutput;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.upgrade.EngineUpgradeResult;
import skillrunner.domain.upgrade.EngineUpgradeStatus;
import skillrunner.domain.upgrade.UpgradeId;
import skillrunner.domain.upgrade.UpgradeStatus;
import skillrunner.domain.upgrade.UpgradeTask;
import skillrunner.http.page.Messages;
import skillrunner.http.page.Moment;
import skillrunner.http.page.StatusView;
import skillrunner.http.page.TerminalText;

/** Turns an upgrade into its panel. Safe for concurrent use. */
final class UpgradePresenter {
    private static final int LINES = 200;
    private static final int CHARACTERS = 32 * 1024;
    private static final String NOTHING = "-";

    private final Clock clock;

    UpgradePresenter(Clock clock) {
        this.clock = Objects.requireNonNull(clock);
    }

    static String address(UpgradeId id) {
        return "/ui/engines/upgrades/" + id + "/status";
    }

    /** An upgrade that was not accepted, or of which nothing is known. */
    UpgradeView refused(String title, String error, @Nullable String other, Messages messages) {
        return new UpgradeView(
                NOTHING,
                title,
                status(UpgradeStatus.FAILED, messages),
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

    UpgradeView panel(FindUpgradeTask.Found found, Messages messages) {
        UpgradeTask task = found.task();
        boolean active = !task.status().isTerminal();
        Instant until = active ? clock.instant() : task.updatedAt();
        int ended = task.results().size();
        List<UpgradeView.Part> parts = new ArrayList<>();
        for (EngineId engine : task.engines()) {
            parts.add(part(found, engine, parts.size() == ended, messages));
        }
        return new UpgradeView(
                task.id().value(),
                task.scope()
                        .requestedEngine()
                        .map(engine -> messages.text("upgrade.title.single", engine.wire()))
                        .orElseGet(() -> messages.text("upgrade.title.all")),
                status(task.status(), messages),
                active ? address(task.id()) : null,
                Integer.toString(ended),
                isRunning(task) && parts.size() > 1 && ended < parts.size()
                        ? messages.text("upgrade.progress", ended + 1, parts.size())
                        : "",
                Moment.of(task.createdAt()),
                messages.duration(Duration.between(task.createdAt(), until)),
                "",
                null,
                "/v1/engines/upgrades/" + task.id(),
                parts);
    }

    private static UpgradeView.Part part(
            FindUpgradeTask.Found found, EngineId engine, boolean next, Messages messages) {
        UpgradeTask task = found.task();
        EngineUpgradeResult result = task.results().get(engine);
        if (result != null) {
            return ended(engine.wire(), result, task.engines().size() == 1, messages);
        }
        return found.running()
                .filter(running -> running.engine().equals(engine))
                .map(running -> atWork(running, messages))
                .orElseGet(() -> waiting(
                        engine, next && isRunning(task) ? UpgradeStatus.RUNNING : UpgradeStatus.QUEUED, messages));
    }

    private static UpgradeView.Part atWork(UpgradeOutput running, Messages messages) {
        String engine = running.engine().wire();
        return new UpgradeView.Part(
                engine,
                status(UpgradeStatus.RUNNING, messages),
                "",
                "",
                Moment.of(running.startedAt()),
                logs(engine, running.stdout(), running.stderr(), true, messages),
                false);
    }

    private static UpgradeView.Part waiting(EngineId engine, UpgradeStatus status, Messages messages) {
        return new UpgradeView.Part(engine.wire(), status(status, messages), "", "", null, List.of(), false);
    }

    private static UpgradeView.Part ended(String engine, EngineUpgradeResult result, boolean alone, Messages messages) {
        boolean failed = result.status() == EngineUpgradeStatus.FAILED;
        List<UpgradeView.Log> logs = logs(engine, result.stdout(), result.stderr(), failed || alone, messages);
        return new UpgradeView.Part(
                engine,
                StatusView.of(result.status().wire(), messages),
                result.version().orElse(""),
                result.error().map(TerminalText::of).orElse(""),
                null,
                logs,
                logs.isEmpty() && result.status() != EngineUpgradeStatus.SKIPPED);
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

    private static boolean isRunning(UpgradeTask task) {
        return task.status() == UpgradeStatus.RUNNING;
    }

    private static StatusView status(UpgradeStatus status, Messages messages) {
        return StatusView.of(status.wire(), messages);
    }
}
