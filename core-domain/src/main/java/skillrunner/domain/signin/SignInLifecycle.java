package skillrunner.domain.signin;

import skillrunner.domain.state.TransitionTable;

import static skillrunner.domain.signin.SignInLifecycle.Event.AGREED;
import static skillrunner.domain.signin.SignInLifecycle.Event.ANSWERED;
import static skillrunner.domain.signin.SignInLifecycle.Event.ASKED;
import static skillrunner.domain.signin.SignInLifecycle.Event.AUTOMATED;
import static skillrunner.domain.signin.SignInLifecycle.Event.CALLED_OFF;
import static skillrunner.domain.signin.SignInLifecycle.Event.FELL_THROUGH;
import static skillrunner.domain.signin.SignInLifecycle.Event.OVERDUE;
import static skillrunner.domain.signin.SignInStatus.CANCELED;
import static skillrunner.domain.signin.SignInStatus.CODE_SUBMITTED_WAITING_RESULT;
import static skillrunner.domain.signin.SignInStatus.EXPIRED;
import static skillrunner.domain.signin.SignInStatus.FAILED;
import static skillrunner.domain.signin.SignInStatus.STARTING;
import static skillrunner.domain.signin.SignInStatus.SUCCEEDED;
import static skillrunner.domain.signin.SignInStatus.TERMINAL;
import static skillrunner.domain.signin.SignInStatus.WAITING_ORCHESTRATOR;
import static skillrunner.domain.signin.SignInStatus.WAITING_USER;
import static skillrunner.domain.state.TransitionTable.row;

/** How sign-in sessions move: one table for each transport. The tables are the specification; everything else asks them. */
public final class SignInLifecycle {
    /** What can happen to a session. */
    public enum Event {
        /** The CLI shows a screen that the server answers by itself. */
        AUTOMATED,
        /** There is something for the user to do: for the first time, or again after an answer that did not do. */
        ASKED,
        /** What the user typed was taken. */
        ANSWERED,
        /** The provider agreed, and the engine has its credentials. */
        AGREED,
        /** The provider refused, the CLI gave up, or the work broke off. */
        FELL_THROUGH,
        /** The user ended it. */
        CALLED_OFF,
        /** Its time is over. */
        OVERDUE
    }

    /** Nothing is automated here: there are no screens. An exchange that was refused is the end. */
    public static final TransitionTable<SignInStatus, Event> OAUTH_PROXY = TransitionTable.of(
            STARTING,
            TERMINAL,
            row(STARTING, ASKED, WAITING_USER),
            row(STARTING, FELL_THROUGH, FAILED),
            row(STARTING, CALLED_OFF, CANCELED),
            row(STARTING, OVERDUE, EXPIRED),
            row(WAITING_USER, ANSWERED, CODE_SUBMITTED_WAITING_RESULT),
            row(WAITING_USER, AGREED, SUCCEEDED),
            row(WAITING_USER, FELL_THROUGH, FAILED),
            row(WAITING_USER, CALLED_OFF, CANCELED),
            row(WAITING_USER, OVERDUE, EXPIRED),
            row(CODE_SUBMITTED_WAITING_RESULT, AGREED, SUCCEEDED),
            row(CODE_SUBMITTED_WAITING_RESULT, FELL_THROUGH, FAILED),
            row(CODE_SUBMITTED_WAITING_RESULT, CALLED_OFF, CANCELED),
            row(CODE_SUBMITTED_WAITING_RESULT, OVERDUE, EXPIRED));

    /** A CLI may ask again after an answer, and ask for something else in between. */
    public static final TransitionTable<SignInStatus, Event> CLI_DELEGATE = TransitionTable.of(
            STARTING,
            TERMINAL,
            row(STARTING, AUTOMATED, WAITING_ORCHESTRATOR),
            row(STARTING, ASKED, WAITING_USER),
            row(STARTING, AGREED, SUCCEEDED),
            row(STARTING, FELL_THROUGH, FAILED),
            row(STARTING, CALLED_OFF, CANCELED),
            row(STARTING, OVERDUE, EXPIRED),
            row(WAITING_ORCHESTRATOR, ASKED, WAITING_USER),
            row(WAITING_ORCHESTRATOR, AGREED, SUCCEEDED),
            row(WAITING_ORCHESTRATOR, FELL_THROUGH, FAILED),
            row(WAITING_ORCHESTRATOR, CALLED_OFF, CANCELED),
            row(WAITING_ORCHESTRATOR, OVERDUE, EXPIRED),
            row(WAITING_USER, AUTOMATED, WAITING_ORCHESTRATOR),
            row(WAITING_USER, ANSWERED, CODE_SUBMITTED_WAITING_RESULT),
            row(WAITING_USER, AGREED, SUCCEEDED),
            row(WAITING_USER, FELL_THROUGH, FAILED),
            row(WAITING_USER, CALLED_OFF, CANCELED),
            row(WAITING_USER, OVERDUE, EXPIRED),
            row(CODE_SUBMITTED_WAITING_RESULT, AUTOMATED, WAITING_ORCHESTRATOR),
            row(CODE_SUBMITTED_WAITING_RESULT, ASKED, WAITING_USER),
            row(CODE_SUBMITTED_WAITING_RESULT, AGREED, SUCCEEDED),
            row(CODE_SUBMITTED_WAITING_RESULT, FELL_THROUGH, FAILED),
            row(CODE_SUBMITTED_WAITING_RESULT, CALLED_OFF, CANCELED),
            row(CODE_SUBMITTED_WAITING_RESULT, OVERDUE, EXPIRED));

    private SignInLifecycle() {}

    /**
     * Returns the moves of sessions over a transport.
     *
     * @param transport the transport
     * @return its table
     */
    public static TransitionTable<SignInStatus, Event> of(SignInTransport transport) {
        return switch (transport) {
            case OAUTH_PROXY -> OAUTH_PROXY;
            case CLI_DELEGATE -> CLI_DELEGATE;
        };
    }
}
