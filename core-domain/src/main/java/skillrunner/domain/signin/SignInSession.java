package skillrunner.domain.signin;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * One attempt of a user to sign an engine in. A value: each change is a new one, and each change of status goes through the table
 * of its transport. It holds nothing secret.
 *
 * @param id names the session
 * @param way how the engine is signed in
 * @param status where it stands
 * @param prompt what its user is asked to do; the last one stays when the session has ended
 * @param error why it failed, or why it asks once more: short, without secrets
 * @param exitCode how the CLI ended, if one was driven and has ended
 * @param pastedByHand whether an answer was typed where a browser could have brought it
 * @param calledBackAt when a browser brought an answer that belonged to the session
 * @param createdAt when it began
 * @param updatedAt when anything here last changed
 * @param expiresAt when it ends, whatever happens
 */
public record SignInSession(
        SignInId id,
        SignInWay way,
        SignInStatus status,
        SignInPrompt prompt,
        Optional<SignInProblem> error,
        Optional<Integer> exitCode,
        boolean pastedByHand,
        Optional<Instant> calledBackAt,
        Instant createdAt,
        Instant updatedAt,
        Instant expiresAt) {
    private static final SignInProblem CALLED_OFF = SignInFault.CANCELED_BY_USER.saying("canceled by user");
    private static final SignInProblem OVERDUE = SignInFault.TIME_OVER.saying("the sign-in was not finished in time");

    /** Refuses null parts. */
    public SignInSession {
        Objects.requireNonNull(id);
        Objects.requireNonNull(way);
        Objects.requireNonNull(status);
        Objects.requireNonNull(prompt);
        Objects.requireNonNull(error);
        Objects.requireNonNull(exitCode);
        Objects.requireNonNull(calledBackAt);
        Objects.requireNonNull(createdAt);
        Objects.requireNonNull(updatedAt);
        Objects.requireNonNull(expiresAt);
    }

    /**
     * A session that has just begun.
     *
     * @param id names it
     * @param way how the engine is signed in
     * @param now when
     * @param life how long it may take
     * @return the session
     */
    public static SignInSession started(SignInId id, SignInWay way, Instant now, Duration life) {
        return new SignInSession(
                id,
                way,
                SignInLifecycle.of(way.transport()).initial(),
                SignInPrompt.NOTHING,
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                now,
                now,
                now.plus(life));
    }

    /**
     * Tells whether its time is over.
     *
     * @param now the time
     * @return whether it has not ended and should have
     */
    public boolean isOverdue(Instant now) {
        return !status.isTerminal() && now.isAfter(expiresAt);
    }

    /**
     * Tells whether something may happen to it now.
     *
     * @param event what might happen
     * @return whether the table of its transport has a row for it, or it stands already where the event leads
     */
    public boolean accepts(SignInLifecycle.Event event) {
        return switch (status) {
            case WAITING_USER -> event == SignInLifecycle.Event.ASKED || hasRow(event);
            case WAITING_ORCHESTRATOR -> event == SignInLifecycle.Event.AUTOMATED || hasRow(event);
            default -> hasRow(event);
        };
    }

    private boolean hasRow(SignInLifecycle.Event event) {
        return SignInLifecycle.of(way.transport()).accepts(status, event);
    }

    /**
     * The CLI shows a screen that the server answers.
     *
     * @param now when
     * @return the session after it
     */
    public SignInSession automated(Instant now) {
        return status == SignInStatus.WAITING_ORCHESTRATOR
                ? this
                : on(SignInLifecycle.Event.AUTOMATED, prompt, Optional.empty(), now);
    }

    /**
     * There is something for its user to do.
     *
     * @param asked what
     * @param why why it is asked once more; empty the first time
     * @param now when
     * @return the session after it
     */
    public SignInSession asked(SignInPrompt asked, Optional<SignInProblem> why, Instant now) {
        if (status == SignInStatus.WAITING_USER) {
            return new SignInSession(
                    id,
                    way,
                    status,
                    asked,
                    why.or(() -> error),
                    exitCode,
                    pastedByHand,
                    calledBackAt,
                    createdAt,
                    now,
                    expiresAt);
        }
        return on(SignInLifecycle.Event.ASKED, asked, why, now);
    }

    /**
     * What its user typed was taken.
     *
     * @param now when
     * @return the session after it
     */
    public SignInSession answered(Instant now) {
        boolean byHand = pastedByHand
                || (way.transport() == SignInTransport.OAUTH_PROXY && way.method() != SignInMethod.API_KEY);
        SignInSession next = on(SignInLifecycle.Event.ANSWERED, prompt, Optional.empty(), now);
        return new SignInSession(
                id, way, next.status, prompt, next.error, exitCode, byHand, calledBackAt, createdAt, now, expiresAt);
    }

    /**
     * A browser brought an answer that belongs to the session. Its status stays, for nobody knows yet what it is worth.
     *
     * @param now when
     * @return the session after it
     */
    public SignInSession calledBack(Instant now) {
        return new SignInSession(
                id, way, status, prompt, error, exitCode, pastedByHand, Optional.of(now), createdAt, now, expiresAt);
    }

    /**
     * The engine is signed in.
     *
     * @param now when
     * @return the session after it
     */
    public SignInSession succeeded(Instant now) {
        return on(SignInLifecycle.Event.AGREED, prompt, Optional.empty(), now);
    }

    /**
     * It can't become anything any more.
     *
     * @param why what went wrong
     * @param now when
     * @return the session after it
     */
    public SignInSession failed(SignInProblem why, Instant now) {
        return on(SignInLifecycle.Event.FELL_THROUGH, prompt, Optional.of(why), now);
    }

    /**
     * Its user ended it.
     *
     * @param now when
     * @return the session after it
     */
    public SignInSession canceled(Instant now) {
        return on(SignInLifecycle.Event.CALLED_OFF, prompt, error.or(() -> Optional.of(CALLED_OFF)), now);
    }

    /**
     * Its time is over.
     *
     * @param now when
     * @return the session after it
     */
    public SignInSession expired(Instant now) {
        return on(SignInLifecycle.Event.OVERDUE, prompt, Optional.of(OVERDUE), now);
    }

    /**
     * Something more went wrong. Tells it beside what is told already; a session that succeeded stays so.
     *
     * @param what a short sentence without secrets
     * @return the session with it
     */
    public SignInSession wentWrongToo(String what) {
        SignInProblem both = error.map(it -> it.and(what)).orElseGet(() -> SignInFault.BROKE_OFF.saying(what));
        return new SignInSession(
                id,
                way,
                status,
                prompt,
                Optional.of(both),
                exitCode,
                pastedByHand,
                calledBackAt,
                createdAt,
                updatedAt,
                expiresAt);
    }

    /**
     * The CLI that was driven has ended.
     *
     * @param code how
     * @return the session with it
     */
    public SignInSession exited(int code) {
        return new SignInSession(
                id,
                way,
                status,
                prompt,
                error,
                Optional.of(code),
                pastedByHand,
                calledBackAt,
                createdAt,
                updatedAt,
                expiresAt);
    }

    private SignInSession on(
            SignInLifecycle.Event event, SignInPrompt asked, Optional<SignInProblem> why, Instant now) {
        return new SignInSession(
                id,
                way,
                SignInLifecycle.of(way.transport()).apply(status, event),
                asked,
                why,
                exitCode,
                pastedByHand,
                calledBackAt,
                createdAt,
                now,
                expiresAt);
    }
}
