package skillrunner.domain.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Function;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page about a life cycle shows the rows of its table. Tests write it if they run with {@code
 * -Dskillrunner.docs.write=true}.
 */
public final class LifecyclePage {
    private LifecyclePage() {}

    /** Holds a page of {@code docs/state-machines} against its table. */
    public static <S extends Enum<S>, E extends Enum<E>> void check(
            String file, String title, String source, TransitionTable<S, E> table, S[] states, Function<S, String> wire)
            throws IOException {
        Path page = Path.of("..", "docs", "state-machines", file);
        String expected = text(title, source, table, states, wire);
        if (Boolean.getBoolean("skillrunner.docs.write")) {
            Files.createDirectories(page.getParent());
            Files.writeString(page, expected);
        }

        assertThat(page)
                .as("generated from " + source + "; write it with -Dskillrunner.docs.write=true")
                .content()
                .isEqualTo(expected);
    }

    private static <S extends Enum<S>, E extends Enum<E>> String text(
            String title, String source, TransitionTable<S, E> table, S[] states, Function<S, String> wire) {
        StringBuilder text = new StringBuilder(
                "# " + title + "\n\nGenerated from `" + source
                        + "`; do not edit. A pair of state and event without a row is illegal.\n\n```mermaid\nstateDiagram-v2\n");
        text.append("  [*] --> ").append(wire.apply(table.initial())).append('\n');
        table.rows().forEach(row -> text.append("  ")
                .append(wire.apply(row.from()))
                .append(" --> ")
                .append(wire.apply(row.to()))
                .append(": ")
                .append(name(row.on()))
                .append('\n'));
        for (S state : states) {
            if (table.isTerminal(state)) {
                text.append("  ").append(wire.apply(state)).append(" --> [*]\n");
            }
        }
        text.append("```\n\n| State | Event | Next state |\n|---|---|---|\n");
        table.rows().forEach(row -> text.append("| ")
                .append(wire.apply(row.from()))
                .append(" | ")
                .append(name(row.on()))
                .append(" | ")
                .append(wire.apply(row.to()))
                .append(" |\n"));
        return text.toString();
    }

    private static String name(Enum<?> event) {
        return event.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
