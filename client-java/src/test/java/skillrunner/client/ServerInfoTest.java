package skillrunner.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The client knows which document it was made of. */
class ServerInfoTest {
    @Test
    void the_version_is_that_of_the_document() throws IOException {
        Path repository = Path.of(Objects.requireNonNull(System.getProperty("skillrunner.repository")));
        String document = Files.readString(
                repository.resolve("adapter-http/src/main/resources/skillrunner/http/contract/openapi.yaml"));
        assertThat(document).contains("  version: '" + ServerInfo.CLIENT_VERSION + "'");
    }

    @Test
    void an_answer_says_its_version_and_nothing_that_is_none_counts() {
        assertThat(ServerInfo.of(answer("0.1.3"))).contains(new ServerInfo("Skill Runner", "0.1.3"));
        assertThat(ServerInfo.of(new Answer(200, Map.of(), ""))).isEmpty();
        for (String odd : List.of("", "\u001b[31m1", "1 2", "9".repeat(3000))) {
            assertThat(ServerInfo.of(answer(odd))).as(odd).isEmpty();
        }
    }

    private static Answer answer(String version) {
        return new Answer(200, Map.of("skill-runner-api-version", List.of(version)), "");
    }
}
