package skillrunner.domain.signin;

import java.util.Objects;

/**
 * What went wrong with a sign-in.
 *
 * @param fault what, for programs
 * @param words a short sentence in English, without secrets, that may repeat what a provider or a CLI said
 */
public record SignInProblem(SignInFault fault, String words) {
    /** Refuses null parts and empty words. */
    public SignInProblem {
        Objects.requireNonNull(fault);
        if (words.isBlank()) {
            throw new IllegalArgumentException("a problem without words");
        }
    }

    /**
     * Adds to the words.
     *
     * @param more what else went wrong
     * @return the problem with both
     */
    public SignInProblem and(String more) {
        return new SignInProblem(fault, words + "; " + more);
    }
}
