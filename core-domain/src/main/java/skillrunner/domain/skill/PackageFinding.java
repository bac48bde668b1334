package skillrunner.domain.skill;

import java.util.Objects;

/**
 * One rule that a skill package breaks.
 *
 * @param severity how much it matters
 * @param file the file, by its path inside the package; empty for the package as a whole
 * @param place JSON pointer (RFC 6901) to the place in the file; empty for the file as a whole
 * @param line the line of the place, from 1; 0 if it is not known
 * @param column the column of the place in characters, from 1; 0 if it is not known
 * @param message what is wrong
 * @param remedy what to do about it
 */
public record PackageFinding(
        Severity severity, String file, String place, int line, int column, String message, String remedy) {

    /** How much a finding matters. */
    public enum Severity {
        /** A skill with it can't be used. */
        ERROR,
        /** A package with it is refused; a folder that was laid among the skills by hand can do with it. */
        PACKAGE_ERROR,
        /** A package with it can't be installed; one that comes with a single request can do with it. */
        INSTALL_ERROR,
        /** It works, but hardly as its author means it. */
        WARNING
    }

    /** Refuses null parts. */
    public PackageFinding {
        Objects.requireNonNull(severity);
        Objects.requireNonNull(file);
        Objects.requireNonNull(place);
        Objects.requireNonNull(message);
        Objects.requireNonNull(remedy);
    }

    /**
     * An error whose line is not known.
     *
     * @param file the file, by its path inside the package; empty for the package as a whole
     * @param place JSON pointer (RFC 6901) to the place in the file; empty for the file as a whole
     * @param message what is wrong
     * @param remedy what to do about it
     */
    public PackageFinding(String file, String place, String message, String remedy) {
        this(Severity.ERROR, file, place, 0, 0, message, remedy);
    }

    /**
     * Adds where the place is.
     *
     * @param foundLine the line, from 1
     * @param foundColumn the column in characters, from 1
     * @return the finding with it
     */
    public PackageFinding at(int foundLine, int foundColumn) {
        return new PackageFinding(severity, file, place, foundLine, foundColumn, message, remedy);
    }

    /**
     * Tells whether a package with it is refused where it is to be installed.
     *
     * @return false for a warning
     */
    public boolean refusesPackage() {
        return severity != Severity.WARNING;
    }

    /**
     * Tells whether a package with it is refused where it comes with a single request.
     *
     * @return false for a warning and for what only an installed skill needs
     */
    public boolean refusesTemporary() {
        return severity == Severity.ERROR || severity == Severity.PACKAGE_ERROR;
    }

    /**
     * Tells whether a folder among the skills can't be used because of it.
     *
     * @return false for a warning and for what only a package must have
     */
    public boolean degradesSkill() {
        return severity == Severity.ERROR;
    }

    /**
     * Shows the finding on one line.
     *
     * @return file, line, column, place and message, as far as they are known
     */
    public String text() {
        StringBuilder text = new StringBuilder(file);
        if (line > 0) {
            text.append(':').append(line).append(':').append(column);
        }
        if (!place.isEmpty()) {
            text.append(text.isEmpty() ? "" : " ").append(place);
        }
        return text.append(text.isEmpty() ? "" : ": ").append(message).toString();
    }
}
