package skillrunner.domain.skill;

import java.util.Objects;

/**
 * One rule that a skill package breaks.
 *
 * @param file the file, by its path inside the package; empty for the package as a whole
 * @param place JSON pointer (RFC 6901) to the place in the file; empty for the file as a whole
 * @param message what is wrong
 * @param remedy what to do about it
 */
public record PackageFinding(String file, String place, String message, String remedy) {
    /** Refuses null parts. */
    public PackageFinding {
        Objects.requireNonNull(file);
        Objects.requireNonNull(place);
        Objects.requireNonNull(message);
        Objects.requireNonNull(remedy);
    }

    /**
     * Shows the finding on one line.
     *
     * @return file, place and message
     */
    public String text() {
        StringBuilder text = new StringBuilder(file);
        if (!place.isEmpty()) {
            text.append(file.isEmpty() ? "" : " ").append(place);
        }
        return text.append(text.isEmpty() ? "" : ": ").append(message).toString();
    }
}
