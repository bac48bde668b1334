package skillrunner.http;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.http.legacy.LegacyRoutes;

import static org.assertj.core.api.Assertions.assertThat;

/** Old addresses after they were withdrawn. */
class LegacyRoutesGoneTest extends HttpTestBed {
    LegacyRoutesGoneTest(@TempDir Path temporary) {
        super(temporary, Optional.empty(), new LegacyRoutes(true, "2026-06-30", "/docs/old.md#routes"));
    }

    @Test
    void the_old_table_of_runs_is_gone_and_names_the_new_one() throws Exception {
        HttpResponse<String> old = get("/ui/runs/table");

        assertThat(old.statusCode()).isEqualTo(410);
        assertThat(old.body()).contains("LEGACY_ROUTE_GONE", "/ui/management/runs/table");
        LegacyRoutesTest.assertAnnounced(old);
        assertThat(get("/ui/management/runs/table").statusCode()).isEqualTo(200);
    }
}
