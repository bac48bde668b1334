package skillrunner.application.signin;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PastedAnswerTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "http://localhost:1455/auth/callback?code=a%2Fb&state=s a/b s",
                "HTTPS://localhost/x?state=s&code=c c s",
                "http://localhost/x#code=c&state=s c s",
                "http://localhost/x?code=c#fragment c -",
                "code=c&state=s c s",
                "?code=c&state=s c s",
                "?code=c c -",
                "?code=a+b 'a b' -",
                "?code=\uD83D\uDE00%E4%B8%AD \uD83D\uDE00\u4E2D -",
                "state=s&code=c c s",
                "4/0AeaYSHB 4/0AeaYSHB -",
                "4%2F0AeaYSHB 4/0AeaYSHB -",
                "abc%3D%3d abc== -",
                "a+b%2F a+b/ -",
                "a+b a+b -",
                "100%41 100%41 -"
            })
    void what_somebody_brings_back_is_read(String typed, String code, String state) {
        assertThat(PastedAnswer.read("  " + typed + "\n"))
                .contains(new PastedAnswer(code, Optional.of(state).filter(it -> !it.equals("-"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " \n ",
                "http://localhost:1455/auth/callback",
                "http://localhost:1455/auth/callback?state=s",
                "http://localhost/x?code=&state=s",
                "http://localhost/x?error=access_denied&code=c",
                "error=access_denied",
                "?code=%zz",
                "%2F%zz",
                "I could not find a code",
                "code=a b"
            })
    void what_is_no_answer_is_none(String typed) {
        assertThat(PastedAnswer.read(typed)).isEmpty();
    }

    @Test
    void what_is_very_long_is_no_answer() {
        assertThat(PastedAnswer.read("c".repeat(8 << 10))).isPresent();
        assertThat(PastedAnswer.read("c".repeat((8 << 10) + 1))).isEmpty();
    }
}
