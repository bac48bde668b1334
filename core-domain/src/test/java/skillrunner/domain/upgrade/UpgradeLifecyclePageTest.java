package skillrunner.domain.upgrade;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import skillrunner.domain.state.TransitionTable;

import static org.assertj.core.api.Assertions.assertThat;

/** The page about an upgrade task's life cycle shows the rows of the table. Run with {@code -Dskillrunner.docs.write=true} to write it. */
class UpgradeLifecyclePageTest {
    private static final Path PAGE = Path.of("..", "docs", "state-machines", "upgrade.md");

    @Test
    void the_page_shows_exactly_the_rows_of_the_table() throws IOException {
        String expected = page();
        if (Boolean.getBoolean("skillrunner.docs.write")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, expected);
        }

        assertThat(PAGE)
                .as("generated from UpgradeLifecycle.TABLE; write it with -Dskillrunner.docs.write=true")
                .content()
                .isEqualTo(expected);
    }

    private static String page() {
        TransitionTable<UpgradeStatus, UpgradeLifecycle.Event> table = UpgradeLifecycle.TABLE;
        StringBuilder text = new StringBuilder(
                """
                # How an upgrade task moves

                Generated from `UpgradeLifecycle.TABLE`; do not edit. A pair of state and event without a row is illegal.

                ```mermaid
                stateDiagram-v2
                """);
        text.append("  [*] --> ").append(table.initial().wire()).append('\n');
        table.rows().forEach(row -> text.append("  ")
                .append(row.from().wire())
                .append(" --> ")
                .append(row.to().wire())
                .append(": ")
                .append(name(row.on()))
                .append('\n'));
        for (UpgradeStatus status : UpgradeStatus.values()) {
            if (table.isTerminal(status)) {
                text.append("  ").append(status.wire()).append(" --> [*]\n");
            }
        }
        text.append("```\n\n| State | Event | Next state |\n|---|---|---|\n");
        table.rows().forEach(row -> text.append("| ")
                .append(row.from().wire())
                .append(" | ")
                .append(name(row.on()))
                .append(" | ")
                .append(row.to().wire())
                .append(" |\n"));
        return text.toString();
    }

    private static String name(UpgradeLifecycle.Event event) {
        return event.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
