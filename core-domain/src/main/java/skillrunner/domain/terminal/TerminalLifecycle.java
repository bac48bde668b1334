package skillrunner.domain.terminal;

import skillrunner.domain.state.TransitionTable;

import static skillrunner.domain.state.TransitionTable.row;
import static skillrunner.domain.terminal.TerminalLifecycle.Event.BROKE;
import static skillrunner.domain.terminal.TerminalLifecycle.Event.ENDED;
import static skillrunner.domain.terminal.TerminalLifecycle.Event.OVERDUE;
import static skillrunner.domain.terminal.TerminalLifecycle.Event.STOPPED;
import static skillrunner.domain.terminal.TerminalLifecycle.Event.UNUSED;
import static skillrunner.domain.terminal.TerminalStatus.ERROR;
import static skillrunner.domain.terminal.TerminalStatus.EXITED;
import static skillrunner.domain.terminal.TerminalStatus.RUNNING;
import static skillrunner.domain.terminal.TerminalStatus.TERMINAL;
import static skillrunner.domain.terminal.TerminalStatus.TERMINATED;
import static skillrunner.domain.terminal.TerminalStatus.TIMEOUT;

/** How terminal sessions move. The table is the specification; everything else asks it. */
public final class TerminalLifecycle {
    /** What can happen to a session. */
    public enum Event {
        /** The program ended by itself. */
        ENDED,
        /** The session has lasted as long as one may. */
        OVERDUE,
        /** Nobody has looked at it or typed for too long. */
        UNUSED,
        /** Somebody stopped it, or the server was stopped. */
        STOPPED,
        /** What shows it to its user broke. */
        BROKE
    }

    /** The moves of every session. */
    public static final TransitionTable<TerminalStatus, Event> TABLE = TransitionTable.of(
            RUNNING,
            TERMINAL,
            row(RUNNING, ENDED, EXITED),
            row(RUNNING, OVERDUE, TIMEOUT),
            row(RUNNING, UNUSED, TIMEOUT),
            row(RUNNING, STOPPED, TERMINATED),
            row(RUNNING, BROKE, ERROR));

    private TerminalLifecycle() {}
}
