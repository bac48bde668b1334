package skillrunner.mcp.resource;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import skillrunner.domain.run.RequestId;

import static org.assertj.core.api.Assertions.assertThat;

class RunAddressTest {
    private static final String RUN = "skill-runner://runs/00000000-0000-4000-8000-000000000001";

    @Test
    void addresses_are_read_back_whatever_files_are_called() {
        for (String path : List.of("artifacts/a", "artifacts/a b+c%41/ü?#.txt", "artifacts/../x")) {
            RunAddress address =
                    new RunAddress(new RequestId("00000000-0000-4000-8000-000000000001"), Optional.of(path));
            assertThat(address.uri()).startsWith(RUN + "/artifacts/").matches("[!-~]+");
            assertThat(RunAddress.parse(address.uri())).contains(address);
        }
        assertThat(RunAddress.parse(RUN + "/result").orElseThrow().uri()).isEqualTo(RUN + "/result");
    }

    @Test
    void anything_else_is_none() {
        for (String text : List.of(
                "",
                "file:///etc/passwd",
                RUN,
                RUN + "/",
                RUN + "/artifacts/",
                RUN + "/artifacts/%zz",
                RUN + "/.audit/stdout.1.log",
                "skill-runner://runs/../result",
                RUN + "/artifacts/" + "a".repeat(10_000))) {
            assertThat(RunAddress.parse(text)).as(text).isEmpty();
        }
    }
}
