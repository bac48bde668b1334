package skillrunner.domain.upgrade;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import skillrunner.domain.state.LifecyclePage;

class UpgradeLifecyclePageTest {
    @Test
    void the_page_shows_exactly_the_rows_of_the_table() throws IOException {
        LifecyclePage.check(
                "upgrade.md",
                "How an upgrade task moves",
                "UpgradeLifecycle.TABLE",
                UpgradeLifecycle.TABLE,
                UpgradeStatus.values(),
                UpgradeStatus::wire);
    }
}
