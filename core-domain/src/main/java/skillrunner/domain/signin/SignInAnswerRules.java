package skillrunner.domain.signin;

import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;

/** What somebody may type for a sign-in. It goes into a program's terminal, so it is text and no keys. */
public final class SignInAnswerRules {
    /** The longest answer, without white space around it. */
    public static final int MOST_CHARACTERS = 8192;

    private SignInAnswerRules() {}

    /**
     * Takes what was typed.
     *
     * @param typed what came
     * @return the answer, without white space around it
     * @throws RefusedException with {@code INPUT_REFUSED} if it is empty, too long, more than one line, or has keys in it
     */
    public static String checked(String typed) {
        String answer = typed.strip();
        if (answer.isEmpty()) {
            throw new RefusedException(ErrorCode.INPUT_REFUSED, "The answer is empty");
        }
        if (answer.length() > MOST_CHARACTERS || answer.chars().anyMatch(Character::isISOControl)) {
            throw new RefusedException(
                    ErrorCode.INPUT_REFUSED,
                    "The answer has more than " + MOST_CHARACTERS + " characters, more than one line, or keys in it");
        }
        return answer;
    }
}
