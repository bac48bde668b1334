package skillrunner.process.installs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import skillrunner.application.engine.InstalledPackage;
import skillrunner.domain.engine.CliVersion;
import skillrunner.files.SmallFiles;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What npm says of a package it has installed: the name as asked for, the version it was resolved to, the digest. */
final class NpmPackage {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int MOST_BYTES = 1 << 20;
    private static final Pattern INTEGRITY = Pattern.compile("sha[0-9]{1,3}-[A-Za-z0-9+/]{20,200}={0,2}");

    private NpmPackage() {}

    /** Returns a package's name without the version that may follow it. */
    static String name(String spec) {
        int at = spec.indexOf('@', 1);
        return at < 0 ? spec : spec.substring(0, at);
    }

    /**
     * Reads what lies in a version's folder.
     *
     * @param folder the folder npm installed into
     * @param name the package's name
     * @return the package, or empty if npm did not put it where it puts packages
     */
    static Optional<InstalledPackage> in(Path folder, String name) {
        Path file = folder.resolve("lib/node_modules").resolve(name).resolve("package.json");
        try {
            JsonNode manifest = JSON.readTree(SmallFiles.read(file, MOST_BYTES));
            // Only old ones of npm write the digest here.
            Optional<String> integrity = text(manifest, "_integrity").flatMap(NpmPackage::integrity);
            return text(manifest, "version")
                    .flatMap(CliVersion::parse)
                    .map(version -> new InstalledPackage(name, version.text(), integrity));
        } catch (IOException | JacksonException e) {
            return Optional.empty();
        }
    }

    /** Reads a digest in the form of subresource integrity. */
    static Optional<String> integrity(String text) {
        String stripped = Objects.requireNonNull(text).strip();
        return INTEGRITY.matcher(stripped).matches() ? Optional.of(stripped) : Optional.empty();
    }

    private static Optional<String> text(JsonNode object, String name) {
        JsonNode value = object.path(name);
        return value.isString() ? Optional.of(value.stringValue()) : Optional.empty();
    }
}
