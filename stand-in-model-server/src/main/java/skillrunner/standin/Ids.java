package skillrunner.standin;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Makes the ids that wire formats ask for. */
final class Ids {

    private Ids() {}

    /** Returns a fresh id; CLIs match tool results to calls by it, so no two calls may share one. */
    static String fresh(String prefix) {
        return prefix + UUID.randomUUID().toString().replace("-", "");
    }

    /** Returns the same id for the same text: tells conversations apart where the wire carries no session id. */
    static String digest(String text) {
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
