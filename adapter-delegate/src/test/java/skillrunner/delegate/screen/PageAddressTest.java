package skillrunner.delegate.screen;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PageAddressTest {
    private static final String PAGE =
            "https://accounts.example.org/o/oauth2/v2/auth?redirect_uri=https%3A%2F%2Fone.example"
                    + "&scope=a%20b&state=3f4f50d775090cf124aecc2d287060469e6b46b5b53427e3a58ec0240a638f6c&client_id=x";

    @Test
    void an_address_over_three_lines_is_one() {
        String broken = PAGE.substring(0, 80) + "\n" + PAGE.substring(80, 160) + "\n" + PAGE.substring(160);
        assertThat(PageAddress.between("\n\n" + broken + "\n\n")).contains(PAGE);
        assertThat(PageAddress.in("Open this:\n" + broken + "\n\nThen wait")).contains(PAGE);
        assertThat(PageAddress.between("\u2502 " + broken.replace("\n", " \u2502\n\u2502 ") + " \u2502\n"))
                .contains(PAGE);
    }

    @Test
    void what_follows_is_not_taken_for_its_end() {
        assertThat(PageAddress.in("Go to: " + PAGE + "\nComplete authorization in your browser\n"))
                .contains(PAGE);
        assertThat(PageAddress.in(PAGE + "\n\nWaiting\n")).contains(PAGE);
        assertThat(PageAddress.in("Open (" + PAGE + ").\n")).contains(PAGE);
        assertThat(PageAddress.in("https://short.example/a\nWaiting\n")).contains("https://short.example/a");
    }

    @Test
    void one_of_another_machine_is_preferred() {
        assertThat(PageAddress.in("server on http://localhost:1455.\n" + PAGE + "\n\nhttp://127.0.0.1:1455/x\n"))
                .contains(PAGE);
        assertThat(PageAddress.in("http://127.0.0.1:9/codex/device\n")).contains("http://127.0.0.1:9/codex/device");
        assertThat(PageAddress.in("javascript:alert(1)")).isEmpty();
    }
}
