package skillrunner.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
}
