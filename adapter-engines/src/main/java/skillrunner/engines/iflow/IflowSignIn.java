package skillrunner.engines.iflow;

import skillrunner.domain.run.AuthPrompt;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.SignInSign;

/** Recognises that iflow wants its user to sign in. */
final class IflowSignIn {
    private IflowSignIn() {}

    /** Looks at some text. What the model says comes by stdout too, so mere words mean nothing there. */
    static SignInSign in(OutputStreamKind stream, String text) {
        SignInSign sign = AuthPrompt.in(text);
        return switch (stream) {
            case STDOUT -> sign == SignInSign.DEMAND ? sign : SignInSign.NONE;
            case STDERR -> sign;
        };
    }
}
