package skillrunner.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import skillrunner.sqlite.file.Migrations;

import static org.assertj.core.api.Assertions.assertThat;

class MigrationsTest {
    static Stream<Migrations> databases() {
        return Stream.of(SqliteDatabase.MIGRATIONS, UpgradeDatabase.MIGRATIONS);
    }

    @ParameterizedTest
    @MethodSource("databases")
    void each_database_knows_which_script_is_the_newest(Migrations migrations) throws IOException {
        Path scripts = Path.of(Objects.requireNonNull(System.getProperty("skillrunner.repository")))
                .resolve("adapter-persistence-sqlite/src/main/resources")
                .resolve(migrations.folder());
        try (Stream<Path> files = Files.list(scripts)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .hasSize(migrations.count())
                    .anyMatch(name -> name.startsWith("V" + migrations.newest() + "__"));
        }
    }
}
