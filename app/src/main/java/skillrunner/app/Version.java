package skillrunner.app;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.IVersionProvider;

/** Which version this is, on what it runs, and which commit it was built from. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {
            "Skill Runner " + number() + " (Java " + System.getProperty("java.version") + ")", "commit " + commit()
        };
    }

    /** The version alone. */
    static String number() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    /** The build writes it down; sources that came without their repository have none. */
    private static String commit() {
        try (InputStream in = Version.class.getResourceAsStream("commit")) {
            String commit = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
            return commit.isEmpty() || commit.startsWith("$") ? "unknown" : commit;
        } catch (IOException e) {
            return "unknown";
        }
    }
}
