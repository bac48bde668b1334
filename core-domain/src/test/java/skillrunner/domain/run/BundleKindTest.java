package skillrunner.domain.run;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BundleKindTest {
    @Test
    void whoever_debugs_gets_everything() {
        assertThat(kind(true)).isEqualTo(BundleKind.DEBUG);
        assertThat(kind(false)).isEqualTo(BundleKind.RESULT);
    }

    private static BundleKind kind(boolean debug) {
        Map<String, Object> options = new HashMap<>(Map.of("execution_mode", "auto", "session_timeout_sec", 60));
        options.put("debug", debug);
        return BundleKind.of(RuntimeOptions.stored(options));
    }
}
