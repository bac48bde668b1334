package skillrunner.delegate.screen;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class UserCodeTest {
    @Test
    void it_stands_below_the_line_that_tells_of_it() {
        assertThat(UserCode.in(
                        "v0.169.0 BETA-TEST\n\n2. Enter this one-time code (expires in 15 minutes)\n   ABCD-12345\n"))
                .contains("ABCD-12345");
        assertThat(UserCode.in("Go to: https://x.example/AAAA-BBBB\nEnter code: WXYZ-98765\n"))
                .contains("WXYZ-98765");
        assertThat(UserCode.in("Type WXYZ-98765\n")).contains("WXYZ-98765");
        assertThat(UserCode.in("https://x.example/AAAA-BBBB?c=CCCC-DDDD and lower-case\n"))
                .isEmpty();
    }
}
