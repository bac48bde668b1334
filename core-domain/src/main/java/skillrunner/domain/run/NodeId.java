package skillrunner.domain.run;

import java.util.regex.Pattern;

/**
 * Names a server among those that may work on the same runs. It outlives the server's process: whoever starts again on the
 * same data directory is the same node.
 *
 * @param value 1 to 64 letters, digits, dots, hyphens and underscores
 */
public record NodeId(String value) {
    private static final Pattern FORM = Pattern.compile("[0-9A-Za-z._-]{1,64}");

    /** Refuses any other form. */
    public NodeId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("not the name of a node");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
