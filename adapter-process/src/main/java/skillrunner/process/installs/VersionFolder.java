package skillrunner.process.installs;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import skillrunner.application.engine.InstalledPackage;
import skillrunner.domain.engine.VersionSuccession;
import skillrunner.files.DurableFiles;
import skillrunner.files.SmallFiles;

/**
 * One whole version on disk.
 *
 * @param folder its folder
 * @param version what its CLI calls itself
 * @param installedAt when it was found to work
 * @param predecessor name of the folder that was current before it, if there was one
 * @param from the package npm installed, if npm installed it and it is known
 */
record VersionFolder(
        Path folder,
        String version,
        Instant installedAt,
        Optional<String> predecessor,
        Optional<InstalledPackage> from) {
    private static final String RECORD = "install.properties";
    private static final int MOST_BYTES = 64 << 10;
    private static final String VERSION = "version";
    private static final String INSTALLED_AT = "installed_at";
    private static final String PREDECESSOR = "predecessor";
    private static final String PACKAGE = "package";
    private static final String PACKAGE_VERSION = "package_version";
    private static final String INTEGRITY = "integrity";

    String name() {
        return folder.getFileName().toString();
    }

    /** Says what the rules of succession need to know. */
    VersionSuccession.Installed standing() {
        return new VersionSuccession.Installed(name(), version, predecessor);
    }

    /** Reads a folder. @return the version, or empty if it is not whole */
    static Optional<VersionFolder> read(Path folder) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(SmallFiles.readText(folder.resolve(RECORD), MOST_BYTES)));
            @Nullable String version = properties.getProperty(VERSION);
            @Nullable String installedAt = properties.getProperty(INSTALLED_AT);
            if (version == null || installedAt == null) {
                return Optional.empty();
            }
            return Optional.of(new VersionFolder(
                    folder,
                    version,
                    Instant.parse(installedAt),
                    Optional.ofNullable(properties.getProperty(PREDECESSOR)),
                    from(properties)));
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<InstalledPackage> from(Properties properties) {
        @Nullable String name = properties.getProperty(PACKAGE);
        @Nullable String version = properties.getProperty(PACKAGE_VERSION);
        return name == null || version == null
                ? Optional.empty()
                : Optional.of(
                        new InstalledPackage(name, version, Optional.ofNullable(properties.getProperty(INTEGRITY))));
    }

    /** Declares the version whole: from here on it may become current. */
    void write() throws IOException {
        Properties properties = new Properties();
        properties.setProperty(VERSION, version);
        properties.setProperty(INSTALLED_AT, installedAt.toString());
        predecessor.ifPresent(name -> properties.setProperty(PREDECESSOR, name));
        from.ifPresent(known -> {
            properties.setProperty(PACKAGE, known.name());
            properties.setProperty(PACKAGE_VERSION, known.version());
            known.integrity().ifPresent(digest -> properties.setProperty(INTEGRITY, digest));
        });
        StringWriter text = new StringWriter();
        properties.store(text, null);
        DurableFiles.write(folder.resolve(RECORD), text.toString());
    }
}
