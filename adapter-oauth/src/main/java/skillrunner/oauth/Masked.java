package skillrunner.oauth;

/** What may be shown of an account: enough to tell one's own from another. */
final class Masked {
    private Masked() {}

    /** The first letter and all from the at sign on; what has no such sign is left as it is. */
    static String address(String address) {
        int at = address.lastIndexOf('@');
        return at < 0 ? address : address.substring(0, Math.min(1, at)) + "***" + address.substring(at);
    }
}
