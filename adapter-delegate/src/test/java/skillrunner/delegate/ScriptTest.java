package skillrunner.delegate;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A test of a script whose program it plays. */
abstract class ScriptTest {
    @TempDir
    Path folder;

    DelegateFixture fixture;

    @BeforeEach
    void open() {
        fixture = new DelegateFixture(folder);
    }

    @AfterEach
    void close() {
        fixture.close();
    }
}
