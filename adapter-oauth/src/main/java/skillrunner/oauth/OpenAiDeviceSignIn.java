package skillrunner.oauth;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import skillrunner.application.signin.SignInDesk;
import skillrunner.application.signin.SignInWork;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.signin.SignInFault;
import skillrunner.domain.signin.SignInInputKind;

/**
 * Asks OpenAI at intervals whether the user has typed the code. A fault of the network or of OpenAI is borne a few times, each time
 * with a longer wait. The fields are changed by {@link #look} only, which is never called twice at once.
 */
final class OpenAiDeviceSignIn implements SignInWork {
    private static final int MOST_FAULTS = 3;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY = 429;
    private static final int SERVER_FAULT = 500;
    private static final Duration SLOWER = Duration.ofSeconds(5);

    private final OpenAiDevice device;
    private final OpenAiDevice.Code code;
    private final SignInDesk desk;
    private final Clock clock;
    private Duration interval;
    private Instant next;
    private int faults;

    OpenAiDeviceSignIn(OpenAiDevice device, OpenAiDevice.Code code, SignInDesk desk, Clock clock) {
        this.device = device;
        this.code = code;
        this.desk = desk;
        this.clock = clock;
        this.interval = code.interval();
        this.next = clock.instant().plus(interval);
    }

    @Override
    public void submit(SignInInputKind kind, String value) {
        throw new RefusedException(ErrorCode.INPUT_REFUSED, "The code is typed into OpenAI's page, nothing here");
    }

    @Override
    public void look(Instant now) {
        if (!now.isBefore(next)) {
            lookAtOnce(now);
        }
    }

    /** Its user may just have agreed. */
    @Override
    public void lookAtOnce(Instant now) {
        try {
            judge(device.poll(code));
        } catch (ProviderException e) {
            fault(e.words());
        }
    }

    @Override
    public void close() {
        // Nothing is held.
    }

    private void judge(TokenEndpoint.ProviderAnswer answer) {
        int status = answer.status();
        if (answer.agrees()) {
            redeem(answer);
        } else if (status == FORBIDDEN || status == NOT_FOUND) {
            faults = 0;
            again(interval);
        } else if (status == TOO_MANY) {
            interval = interval.plus(SLOWER);
            again(interval);
        } else if (status >= SERVER_FAULT) {
            fault(words(answer));
        } else {
            desk.failed(SignInFault.PROVIDER_REFUSED.saying(words(answer)));
        }
    }

    private void redeem(TokenEndpoint.ProviderAnswer answer) {
        try {
            desk.agreed(device.redeem(TokenEndpoint.accepted(answer, TokenEndpoint.Call.within(SLOWER))));
        } catch (ProviderException e) {
            desk.failed(SignInFault.CODE_NOT_REDEEMED.saying(
                    ProviderFault.cleaned("the code could not be redeemed: " + e.words(), List.of(code.id()))));
        }
    }

    private void fault(String words) {
        faults++;
        if (faults > MOST_FAULTS) {
            desk.failed(SignInFault.PROVIDER_REFUSED.saying(words));
        } else {
            again(interval.multipliedBy(1L << faults));
        }
    }

    private void again(Duration wait) {
        next = clock.instant().plus(wait);
    }

    private String words(TokenEndpoint.ProviderAnswer answer) {
        return ProviderFault.inWords(answer.status(), answer.body(), List.of(code.id()));
    }
}
