package skillrunner.application.json;

import java.util.Objects;
import java.util.Optional;
import skillrunner.domain.json.JsonPointer;

/**
 * One place where a value does not fit its schema.
 *
 * @param place JSON pointer (RFC 6901) into the value; empty for the whole value
 * @param member the member of the object there that is missing or not allowed, if that is the breach
 * @param message what is wrong
 */
public record SchemaBreach(String place, Optional<String> member, String message) {
    /** Refuses null parts. */
    public SchemaBreach {
        Objects.requireNonNull(place);
        Objects.requireNonNull(member);
        Objects.requireNonNull(message);
    }

    /**
     * Points at what is wrong, also where it is a member that the value lacks.
     *
     * @return JSON pointer into the value
     */
    public String pointer() {
        return member.map(name -> JsonPointer.member(place, name)).orElse(place);
    }

    /**
     * Says it in one line.
     *
     * @return the place, if it is not the whole value, and the message
     */
    public String text() {
        return place.isEmpty() ? message : place + ": " + message;
    }
}
