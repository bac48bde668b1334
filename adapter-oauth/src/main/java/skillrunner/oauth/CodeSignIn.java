package skillrunner.oauth;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skillrunner.application.signin.BrowserAnswer;
import skillrunner.application.signin.PastedAnswer;
import skillrunner.application.signin.SignInDesk;
import skillrunner.application.signin.SignInWork;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.signin.SignInFault;
import skillrunner.domain.signin.SignInInputKind;
import skillrunner.domain.signin.SignInPrompt;

/**
 * Waits for a code from a provider's page. It comes to a listener, to the server's own port or by hand; the first answer that belongs
 * here is the only one, and the code is redeemed once.
 */
final class CodeSignIn implements SignInWork {
    private static final Logger LOG = LoggerFactory.getLogger(CodeSignIn.class);

    private final String channel;
    private final StateToken state;
    private final Optional<LoopbackListener> listener;
    private final CodeGrant grant;
    private final SignInDesk desk;

    /** Whether the answer has come. */
    private final AtomicBoolean taken = new AtomicBoolean();

    private CodeSignIn(
            String channel, StateToken state, Optional<LoopbackListener> listener, CodeGrant grant, SignInDesk desk) {
        this.channel = channel;
        this.state = state;
        this.listener = listener;
        this.grant = grant;
        this.desk = desk;
    }

    /**
     * Shows the page to the user and waits.
     *
     * @param channel by which the server's own port knows whose answer it has
     * @param state the session's word
     * @param automatic whether the browser brings the answer by itself, to a listener or to a public server
     * @param listener where the browser is sent; it is closed with the session, and at once if this fails
     * @param prompt the page
     * @param grant what to do with the code
     */
    static CodeSignIn begin(
            String channel,
            StateToken state,
            boolean automatic,
            Optional<LoopbackListener> listener,
            SignInPrompt prompt,
            CodeGrant grant,
            SignInDesk desk) {
        CodeSignIn work = new CodeSignIn(channel, state, listener, grant, desk);
        try {
            desk.note("auto_callback_success", false);
            desk.note("local_callback_listener_started", listener.isPresent());
            desk.note("auto_callback_listener_started", listener.isPresent());
            desk.note("callback_mode", automatic ? "auto" : "manual");
            if (desk.asked(prompt, Optional.empty())) {
                listener.ifPresent(it -> it.start(work::fromListener));
            } else {
                work.close();
            }
            return work;
        } catch (RuntimeException e) {
            work.close();
            throw e;
        }
    }

    @Override
    public void submit(SignInInputKind kind, String value) {
        PastedAnswer answer = PastedAnswer.read(value)
                .orElseThrow(() -> refused("The answer is neither a code nor an address with one"));
        if (answer.state().filter(given -> !state.matches(given)).isPresent()) {
            throw refused("The answer belongs to another sign-in");
        }
        if (!taken.compareAndSet(false, true)) {
            throw refused("An answer has come already");
        }
        desk.note("callback_mode", "manual");
        if (desk.answered()) {
            redeem(answer.code());
        }
    }

    @Override
    public boolean callBack(BrowserAnswer answer) {
        return answer.channel().equals(channel)
                && take(answer.state(), answer.code(), answer.error()) != CallbackOutcome.UNKNOWN;
    }

    @Override
    public void close() {
        listener.ifPresent(LoopbackListener::close);
    }

    /** Nobody above sees what breaks here, so the session hears of it. */
    private CallbackOutcome fromListener(String given, Optional<String> code, Optional<String> error) {
        try {
            return take(given, code, error);
        } catch (RuntimeException e) {
            LOG.error("a sign-in session broke off", e);
            desk.failed(SignInFault.BROKE_OFF.saying("the sign-in broke off unexpectedly; the server's log says why"));
            return CallbackOutcome.BROKEN;
        }
    }

    private CallbackOutcome take(String given, Optional<String> code, Optional<String> error) {
        if (!state.matches(given) || !taken.compareAndSet(false, true)) {
            return CallbackOutcome.UNKNOWN;
        }
        if (!desk.calledBack()) {
            return CallbackOutcome.UNKNOWN;
        }
        desk.note("callback_mode", "auto");
        if (error.isPresent()) {
            desk.failed(SignInFault.PROVIDER_REFUSED.saying(
                    ProviderFault.cleaned("the provider refused: " + error.get(), List.of(state.value()))));
            return CallbackOutcome.NOT_SIGNED_IN;
        }
        Optional<String> present = code.filter(it -> !it.isBlank());
        if (present.isEmpty()) {
            desk.failed(SignInFault.NO_CODE.saying("the provider sent the browser back without a code"));
            return CallbackOutcome.NOT_SIGNED_IN;
        }
        boolean signedIn = redeem(present.get());
        desk.note("auto_callback_success", signedIn);
        return signedIn ? CallbackOutcome.SIGNED_IN : CallbackOutcome.NOT_SIGNED_IN;
    }

    private boolean redeem(String code) {
        try {
            return desk.agreed(grant.redeem(code, desk));
        } catch (ProviderException e) {
            if (e.refusesAccount()) {
                return desk.failed(SignInFault.ACCOUNT_NOT_ELIGIBLE.saying(
                        ProviderFault.cleaned(e.words(), List.of(code, state.value()))));
            }
            return desk.failed(SignInFault.CODE_NOT_REDEEMED.saying(ProviderFault.cleaned(
                    "the code could not be redeemed: " + e.words(), List.of(code, state.value()))));
        }
    }

    private static RefusedException refused(String why) {
        return new RefusedException(ErrorCode.INPUT_REFUSED, why);
    }
}
