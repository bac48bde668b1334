package skillrunner.domain.skill;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import skillrunner.domain.state.LifecyclePage;

class InstallLifecyclePageTest {
    @Test
    void the_page_shows_exactly_the_rows_of_the_table() throws IOException {
        LifecyclePage.check(
                "install.md",
                "How the installation of a package moves",
                "InstallLifecycle.TABLE",
                InstallLifecycle.TABLE,
                InstallStatus.values(),
                InstallStatus::wire);
    }
}
