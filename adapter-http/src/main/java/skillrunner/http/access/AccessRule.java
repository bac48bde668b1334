package skillrunner.http.access;

import java.util.Objects;

/**
 * Who may reach what.
 *
 * @param scope how much asks for a password
 * @param credentials the user name and the password that are right
 */
public record AccessRule(AccessScope scope, Credentials credentials) {
    /** Refuses null parts. */
    public AccessRule {
        Objects.requireNonNull(scope);
        Objects.requireNonNull(credentials);
    }
}
