package skillrunner.http;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Old addresses while they work. */
class LegacyRoutesTest extends HttpTestBed {
    static final String LINK =
            "</ui/management/runs/table>; rel=\"successor-version\", </docs/old.md#routes>; rel=\"deprecation\"";

    LegacyRoutesTest(@TempDir Path temporary) {
        super(temporary);
    }

    @Test
    void the_old_table_of_runs_is_the_new_one_and_announces_it() throws Exception {
        queued();

        HttpResponse<String> old = get("/ui/runs/table");

        assertThat(old.statusCode()).isEqualTo(200);
        assertThat(old.body())
                .isEqualTo(get("/ui/management/runs/table").body())
                .contains(REQUEST.value());
        assertAnnounced(old);
        assertThat(get("/ui/management/runs/table").headers().firstValue("Deprecation"))
                .isEmpty();
    }

    @Test
    void with_nobody_to_ask_for_a_password_one_that_is_sent_means_nothing() throws Exception {
        assertThat(send("GET", "/ui/runs", "", "Authorization", "Basic %%%").statusCode())
                .isEqualTo(200);
    }

    static void assertAnnounced(HttpResponse<String> answer) {
        assertThat(answer.headers().allValues("Deprecation")).containsExactly("true");
        assertThat(answer.headers().allValues("Sunset")).containsExactly("2026-06-30");
        assertThat(answer.headers().allValues("Link")).containsExactly(LINK);
    }
}
