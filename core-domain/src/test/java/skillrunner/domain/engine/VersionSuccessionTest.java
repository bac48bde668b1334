package skillrunner.domain.engine;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import skillrunner.domain.engine.VersionSuccession.Installed;

import static org.assertj.core.api.Assertions.assertThat;

class VersionSuccessionTest {
    @Test
    void the_way_back_from_another_version_leads_to_the_one_that_was_current() {
        assertThat(VersionSuccession.predecessor("2.0.0", installed("b", "1.0.0", Optional.of("a"))))
                .hasValue("b");
        assertThat(VersionSuccession.predecessor("0.9.0", installed("b", "1.0.0", Optional.empty())))
                .hasValue("b");
    }

    @Test
    void the_way_back_from_a_repaired_version_leads_past_it() {
        assertThat(VersionSuccession.predecessor("1.0.0", installed("b", "1.0.0", Optional.of("a"))))
                .hasValue("a");
        assertThat(VersionSuccession.predecessor("1.0.0", installed("b", "1.0.0", Optional.empty())))
                .isEmpty();
    }

    @Test
    void there_is_no_way_back_from_the_first_version() {
        assertThat(VersionSuccession.predecessor("1.0.0", Optional.empty())).isEmpty();
    }

    private static Optional<Installed> installed(String name, String version, Optional<String> predecessor) {
        return Optional.of(new Installed(name, version, predecessor));
    }
}
