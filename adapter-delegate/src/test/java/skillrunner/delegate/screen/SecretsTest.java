package skillrunner.delegate.screen;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SecretsTest {
    private static final String CODE = "4/0Afäkecode-123";
    private final Secrets secrets = new Secrets();

    @Test
    void it_is_found_whatever_stands_within() {
        secrets.add(CODE, true);
        assertThat(secrets.without("code: " + CODE + " thanks")).isEqualTo("code: *** thanks");
        assertThat(secrets.without("4/0A\u001b[7mfä\u001b[27mkeco\r\n\u2502 de-123 身份"))
                .isEqualTo("*** 身份");
    }

    @Test
    void its_beginnings_are_taken_out_but_short_ones() {
        secrets.add(CODE, true);
        assertThat(secrets.without("4/0Af\n4/0Afä\n4/0Afäk\n4/0Afäkecode-12_")).isEqualTo("4/0Af\n***\n***\n***_");
        secrets.add("https://localhost/?code=abc", false);
        assertThat(secrets.without("https://localhost/ https://localhost/?code=abc"))
                .isEqualTo("https://localhost/ ***");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 1000})
    void it_is_found_however_the_stream_is_cut(int size) {
        secrets.add(CODE, true);
        SecretFilter filter = new SecretFilter(secrets);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] bytes = ("4/0 no \u001b[1m" + CODE + "\u001b[0m 身份 4/0A").getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < bytes.length; at += size) {
            byte[] part = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + size));
            out.writeBytes(filter.add(part, part.length));
        }
        out.writeBytes(filter.rest());
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("4/0 no \u001b[1m***\u001b[0m 身份 4/0A");
    }
}
