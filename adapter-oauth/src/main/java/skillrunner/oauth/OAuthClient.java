package skillrunner.oauth;

/**
 * What a provider knows a client by.
 *
 * @param id public
 * @param secret never shown; empty if the operator configured none
 */
public record OAuthClient(String id, String secret) {
    /** Refuses an empty id. */
    public OAuthClient {
        if (id.isBlank()) {
            throw new IllegalArgumentException("a client's id is empty");
        }
    }

    /** Says the id only, for this is what may get into a log. */
    @Override
    public String toString() {
        return "OAuthClient[" + id + "]";
    }
}
