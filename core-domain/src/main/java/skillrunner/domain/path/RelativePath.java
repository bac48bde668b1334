package skillrunner.domain.path;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A path that leads to something below the folder it is meant for, whichever folder that is. What a client, an archive, a
 * package or an agent names as a path is used in this form only. It says nothing about links: those are a matter of whoever
 * opens it.
 *
 * @param segments the names on the way, at least one; none is empty, {@code .} or {@code ..}, or has a slash, a backslash or
 *     a NUL
 */
public record RelativePath(List<String> segments) {
    /** Copies the list and refuses a name that could move or separate. */
    public RelativePath {
        segments = List.copyOf(segments);
        if (segments.isEmpty() || !segments.stream().allMatch(RelativePath::isName)) {
            throw new IllegalArgumentException("not the names of a relative path");
        }
    }

    /**
     * Reads a path as clients and archives write them, from whatever system they come. Both kinds of slash separate; {@code
     * .} segments and doubled slashes vanish.
     *
     * @param text a path from outside
     * @return the path, or empty if the text is blank, absolute, has a drive, a {@code ..} segment or a NUL, or leads to the
     *     folder itself
     */
    public static Optional<RelativePath> parse(String text) {
        String path = text.replace('\\', '/');
        if (path.startsWith("/") || path.indexOf('\0') >= 0) {
            return Optional.empty();
        }
        List<String> segments = new ArrayList<>();
        for (String segment : path.split("/", -1)) {
            if (segment.equals("..") || (segments.isEmpty() && segment.endsWith(":"))) {
                return Optional.empty();
            }
            if (!segment.isEmpty() && !segment.equals(".")) {
                segments.add(segment);
            }
        }
        return String.join("/", segments).isBlank() ? Optional.empty() : Optional.of(new RelativePath(segments));
    }

    /**
     * Reads a path that the author of a package declares. Packages travel, so beyond the rule for all paths it must mean the
     * same on every system: no backslash, no drive.
     *
     * @param text a path from a manifest or a schema
     * @return the path, or empty if it is none of this kind
     */
    public static Optional<RelativePath> declared(String text) {
        return text.indexOf('\\') >= 0 ? Optional.empty() : parse(text).filter(path -> !path.beginsWithDrive());
    }

    /**
     * Returns the path as one text, in the only form in which two equal paths are equal texts.
     *
     * @return the segments with {@code /} between them
     */
    public String text() {
        return String.join("/", segments);
    }

    private boolean beginsWithDrive() {
        return segments.get(0).matches("(?s)[A-Za-z]:.*");
    }

    private static boolean isName(String segment) {
        return !segment.isEmpty()
                && !segment.equals(".")
                && !segment.equals("..")
                && segment.indexOf('/') < 0
                && segment.indexOf('\\') < 0
                && segment.indexOf('\0') < 0;
    }
}
