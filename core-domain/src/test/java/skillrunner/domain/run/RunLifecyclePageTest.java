package skillrunner.domain.run;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import skillrunner.domain.state.LifecyclePage;

class RunLifecyclePageTest {
    @Test
    void the_page_shows_exactly_the_rows_of_the_table() throws IOException {
        LifecyclePage.check(
                "run.md",
                "How a run moves",
                "RunLifecycle.TABLE",
                RunLifecycle.TABLE,
                RunStatus.values(),
                RunStatus::wire);
    }
}
