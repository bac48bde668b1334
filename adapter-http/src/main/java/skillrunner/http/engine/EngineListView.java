package skillrunner.http.engine;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import skillrunner.http.terminal.TerminalPage;

/**
 * The page of the engines.
 *
 * @param engines their names, for the rows that are shown while versions are detected
 * @param table the table, if it is part of the page already
 * @param upgrade the upgrade that is shown, if any
 * @param signIn how engines are signed in
 * @param terminal how one of them is shown in a terminal
 * @param message what went well before; may be empty
 * @param error what went wrong before; may be empty
 */
public record EngineListView(
        List<String> engines,
        @Nullable EngineTableView table,
        @Nullable UpgradeView upgrade,
        SignInView signIn,
        TerminalPage.Section terminal,
        String message,
        String error) {
    /** Copies the list and refuses null texts. */
    public EngineListView {
        engines = List.copyOf(engines);
        Objects.requireNonNull(signIn);
        Objects.requireNonNull(terminal);
        Objects.requireNonNull(message);
        Objects.requireNonNull(error);
    }
}
