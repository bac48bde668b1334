package skillrunner.engines.iflow;

import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.SignInSign;
import skillrunner.engines.output.SignInWords;

/** Recognises that iflow wants its user to sign in. */
final class IflowSignIn {
    private static final SignInWords WORDS = new SignInWords("iflow", "server_oauth2_required|需要使用服务器\\s*oauth2\\s*流程");

    private IflowSignIn() {}

    /** Looks at some text. What the model says comes by stdout too, so mere words mean nothing there. */
    static SignInSign in(OutputStreamKind stream, String text) {
        SignInSign sign = WORDS.in(text);
        return switch (stream) {
            case STDOUT -> sign == SignInSign.DEMAND ? sign : SignInSign.NONE;
            case STDERR -> sign;
        };
    }
}
