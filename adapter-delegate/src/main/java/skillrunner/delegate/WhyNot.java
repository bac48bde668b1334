package skillrunner.delegate;

import java.util.OptionalInt;
import skillrunner.domain.signin.DelegateCourse;
import skillrunner.domain.signin.DelegateVerdict;
import skillrunner.domain.signin.SignInFault;
import skillrunner.domain.signin.SignInProblem;

/** Why a program did not sign its engine in, in words. */
final class WhyNot {
    private WhyNot() {}

    /** @param verdict a failure */
    static SignInProblem of(DelegateVerdict verdict, DelegateCourse course, Standing standing) {
        return switch (verdict) {
            case CREDENTIALS_UNCHANGED ->
                SignInFault.CREDENTIALS_UNCHANGED.saying(
                        course == DelegateCourse.LONG_DONE
                                ? "the CLI says that it is signed in, and its credentials have not changed"
                                : "the CLI ended, and its credentials have not changed" + behindColon(standing));
            case NOT_UNDERSTOOD ->
                SignInFault.SCREEN_NOT_UNDERSTOOD.saying(
                        standing.program().screen().text().isBlank()
                                ? "the CLI shows nothing"
                                : "the CLI shows a screen that this server does not know: " + standing.lastWords());
            case AS_IT_SAYS -> standing.word().orElseThrow();
            case PROGRAM_ENDED ->
                SignInFault.CLI_ENDED.saying(
                        "the CLI ended" + with(standing.program().exitCode()) + behindColon(standing));
            case WAIT, SIGNED_IN, ANOTHER_WAY -> throw new IllegalArgumentException(verdict + " is no failure");
        };
    }

    private static String with(OptionalInt code) {
        return code.isPresent() ? " with " + code.getAsInt() : "";
    }

    private static String behindColon(Standing standing) {
        String words = standing.lastWords();
        return words.isEmpty() ? "" : ": " + words;
    }
}
