package skillrunner.application.terminal;

import java.util.List;
import java.util.Optional;
import skillrunner.application.console.Consoles;
import skillrunner.application.engine.EngineBinaries;
import skillrunner.application.engine.EngineCli;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.terminal.TerminalId;

/**
 * What lies ready for a session while it lasts: its folder, the engine's trust in that, the version of its CLI. Safe for concurrent
 * use.
 */
final class TerminalGround {
    private static final System.Logger LOG = System.getLogger(TerminalGround.class.getName());

    private final EngineBinaries binaries;
    private final Consoles consoles;
    private final TerminalHome home;
    private final TerminalFolders folders;

    TerminalGround(TerminalMachine machine, TerminalHome home, TerminalFolders folders) {
        this.binaries = machine.binaries();
        this.consoles = machine.consoles();
        this.home = home;
        this.folders = folders;
    }

    /** Holds the program of an engine for a session. @return its absolute path */
    String hold(EngineCli cli, TerminalId session) {
        return binaries.hold(cli.binaryNames(), session.marker())
                .orElseThrow(() -> new RefusedException(
                        ErrorCode.ENGINE_CLI_MISSING,
                        "The program of " + cli.engine() + " is not installed; install the engine first"));
    }

    /** Makes the folder, in which the engine may work from now on. @return its absolute path */
    String prepare(TerminalId session, EngineId engine) {
        String folder = folders.make(session, engine);
        // If the file can't be read or written the engine asks its user.
        attempt("an engine does not trust the folder of a terminal session", () -> home.trusted()
                .add(engine, List.of(folder)));
        return folder;
    }

    /** Takes back what was done for a session that has ended. What can't be taken back is logged. */
    void clear(TerminalId session, EngineId engine, String folder) {
        forget(engine, folder);
        binaries.release(session.marker());
        attempt("the end of a terminal session could not be recorded", () -> folders.finish(session));
    }

    /** Takes back what was done for a session that did not begin. */
    void undo(TerminalId session, EngineId engine, Optional<String> folder) {
        folder.ifPresent(it -> forget(engine, it));
        binaries.release(session.marker());
        attempt("the folder of a terminal session could not be removed", () -> folders.discard(session));
    }

    /** Ends what earlier servers left. */
    void recover() {
        for (TerminalFolders.Unfinished left : folders.unfinished()) {
            attempt("what an earlier server showed in a terminal could not be ended", () -> {
                int alive = consoles.endLeftovers(left.id().marker());
                if (alive > 0) {
                    LOG.log(
                            System.Logger.Level.WARNING,
                            "{0} processes of a terminal of an earlier server could not be ended",
                            alive);
                    return;
                }
                clear(left.id(), left.engine(), left.folder());
                LOG.log(
                        System.Logger.Level.INFO,
                        "ended the terminal that an earlier server showed for {0}",
                        left.engine());
            });
        }
    }

    private void forget(EngineId engine, String folder) {
        attempt("an engine still trusts the folder of a terminal session that has ended", () -> home.trusted()
                .remove(engine, List.of(folder)));
    }

    private static void attempt(String failure, Runnable what) {
        try {
            what.run();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, failure, e);
        }
    }
}
