package skillrunner.http.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AssetIndexTest {
    private static final Path FOLDER = Path.of("src/main/resources/public");
    private static final String INDEX = "index.txt";

    @Test
    void every_file_that_a_page_may_ask_for_is_in_the_index() throws IOException {
        List<String> there;
        try (Stream<Path> files = Files.list(FOLDER)) {
            there = files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals(INDEX))
                    .toList();
        }
        assertThat(Files.readAllLines(FOLDER.resolve(INDEX))).containsExactlyInAnyOrderElementsOf(there);
    }
}
