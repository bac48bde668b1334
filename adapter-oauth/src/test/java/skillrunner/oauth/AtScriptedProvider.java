package skillrunner.oauth;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A test of a driver whose provider is scripted. */
abstract class AtScriptedProvider {
    @TempDir
    Path folder;

    ScriptedProvider provider;
    SignInFixture fixture;

    @BeforeEach
    void open() {
        provider = new ScriptedProvider();
        fixture = new SignInFixture(folder, provider.settings());
    }

    @AfterEach
    void close() {
        fixture.close();
        provider.close();
    }
}
