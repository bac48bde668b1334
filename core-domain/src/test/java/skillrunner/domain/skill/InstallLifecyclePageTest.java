package skillrunner.domain.skill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import skillrunner.domain.state.TransitionTable;

import static org.assertj.core.api.Assertions.assertThat;

/** The page about the life cycle of an installation shows the rows of the table. Run with {@code -Dskillrunner.docs.write=true} to write it. */
class InstallLifecyclePageTest {
    private static final Path PAGE = Path.of("..", "docs", "state-machines", "install.md");

    @Test
    void the_page_shows_exactly_the_rows_of_the_table() throws IOException {
        String expected = page();
        if (Boolean.getBoolean("skillrunner.docs.write")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, expected);
        }

        assertThat(PAGE)
                .as("generated from InstallLifecycle.TABLE; write it with -Dskillrunner.docs.write=true")
                .content()
                .isEqualTo(expected);
    }

    private static String page() {
        TransitionTable<InstallStatus, InstallLifecycle.Event> table = InstallLifecycle.TABLE;
        StringBuilder text = new StringBuilder(
                """
                # How the installation of a package moves

                Generated from `InstallLifecycle.TABLE`; do not edit. A pair of state and event without a row is illegal.

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
        for (InstallStatus status : InstallStatus.values()) {
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

    private static String name(InstallLifecycle.Event event) {
        return event.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
