package skillrunner.sqlite;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class NativeLibraryTest {
    @Test
    void the_library_has_the_name_that_the_driver_looks_for(@TempDir Path folder) throws Exception {
        NativeLibrary.unpackInto(folder);

        assertThat(folder.resolve(System.mapLibraryName("sqlitejdbc"))).isNotEmptyFile();
    }
}
