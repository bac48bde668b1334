package skillrunner.process.installs;

import java.util.Objects;
import java.util.Optional;
import skillrunner.application.engine.InstalledPackage;

/**
 * How the installation of a CLI ended.
 *
 * @param code exit code for a command line: 0 if all went well, 127 if there is no npm, npm's own code if it failed
 * @param version the version that is current now, if all went well
 * @param error what went wrong, for people
 * @param started whether npm was started, so that it may have written something
 * @param remark what a person should know beside that
 */
public record Installation(
        int code, Optional<String> version, Optional<String> error, boolean started, Optional<String> remark) {
    /** Refuses null parts. */
    public Installation {
        Objects.requireNonNull(version);
        Objects.requireNonNull(error);
        Objects.requireNonNull(remark);
    }

    /**
     * Tells whether all went well.
     *
     * @return true if the CLI is installed and answers
     */
    public boolean succeeded() {
        return error.isEmpty();
    }

    static Installation done(String version, Optional<InstalledPackage> from) {
        Optional<String> remark =
                from.filter(known -> known.integrity().isPresent()).map(known -> "Installed " + known);
        return new Installation(0, Optional.of(version), Optional.empty(), true, remark);
    }

    static Installation unchanged(String version, String remark) {
        return new Installation(0, Optional.of(version), Optional.empty(), true, Optional.of(remark));
    }

    static Installation failed(int code, String error) {
        return new Installation(code, Optional.empty(), Optional.of(error), true, Optional.empty());
    }

    /** @param words what the program itself said, which belongs to the diagnostics */
    static Installation failed(int code, String error, String words) {
        Optional<String> remark = words.isBlank() ? Optional.empty() : Optional.of(words.strip());
        return new Installation(code, Optional.empty(), Optional.of(error), true, remark);
    }

    static Installation notStarted(int code, String error) {
        return new Installation(code, Optional.empty(), Optional.of(error), false, Optional.empty());
    }
}
