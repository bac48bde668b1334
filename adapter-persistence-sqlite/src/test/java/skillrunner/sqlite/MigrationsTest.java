package skillrunner.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MigrationsTest {
    @Test
    void the_database_knows_which_script_is_the_newest() throws IOException {
        Path scripts = Path.of(Objects.requireNonNull(System.getProperty("skillrunner.repository")))
                .resolve("adapter-persistence-sqlite/src/main/resources/skillrunner/sqlite/migrations");
        try (Stream<Path> files = Files.list(scripts)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .hasSize(SqliteDatabase.MIGRATIONS)
                    .anyMatch(name -> name.startsWith("V" + SqliteDatabase.NEWEST_MIGRATION + "__"));
        }
    }
}
