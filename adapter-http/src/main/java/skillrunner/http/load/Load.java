package skillrunner.http.load;

import io.javalin.security.RouteRole;
import java.util.Set;

/** How much of the server one request of a route may need. A route says it where it is registered; without a word it is usual. */
public enum Load implements RouteRole {
    /** Next to nothing; never waits. For signs of life, and for streams that count their clients themselves. */
    LIGHT(0),
    /** An answer of a few kilobytes, or one that is read from the disk piece by piece. */
    USUAL(256 * 1024),
    /** An answer with hundreds of entries. */
    LIST(8 * 1024 * 1024),
    /** Takes a file; what arrives goes to the disk. */
    UPLOAD(1024 * 1024);

    private final long bytes;

    Load(long bytes) {
        this.bytes = bytes;
    }

    /**
     * Returns how much memory is set aside, beside what the body needs.
     *
     * @return bytes
     */
    long bytes() {
        return bytes;
    }

    static Load of(Set<RouteRole> roles) {
        for (RouteRole role : roles) {
            if (role instanceof Load load) {
                return load;
            }
        }
        return USUAL;
    }
}
