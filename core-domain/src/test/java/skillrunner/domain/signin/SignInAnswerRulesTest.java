package skillrunner.domain.signin;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SignInAnswerRulesTest {
    private static final String LONGEST = "a".repeat(SignInAnswerRules.MOST_CHARACTERS);

    @Test
    void white_space_around_an_answer_does_not_count() {
        assertThat(SignInAnswerRules.checked(" \t" + LONGEST + "\r\n")).isEqualTo(LONGEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n", "one\ntwo", "up\u001b[A", "end\u0003x"})
    void what_is_no_line_of_text_is_refused(String typed) {
        refused(typed);
    }

    @Test
    void what_is_too_long_is_refused() {
        refused(LONGEST + "b");
    }

    private static void refused(String typed) {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> SignInAnswerRules.checked(typed))
                .satisfies(e -> assertThat(e.refusal().code()).isEqualTo(ErrorCode.INPUT_REFUSED));
    }
}
