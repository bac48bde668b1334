package skillrunner.domain.problem;

/** What sort of error a code is. The transport maps each kind to one status; nothing else does. */
public enum ErrorKind {
    /** The request itself is wrong. */
    INVALID,
    /** The caller did not prove who it is. */
    UNAUTHENTICATED,
    /** The caller may not do this from where it stands. */
    FORBIDDEN,
    /** The id or name in the path does not exist. */
    NOT_FOUND,
    /** The path exists, the method does not. */
    METHOD_NOT_ALLOWED,
    /** The present state does not allow it. */
    CONFLICT,
    /** It existed and was withdrawn on purpose. */
    GONE,
    /** The body is larger than the limit. */
    TOO_LARGE,
    /** The body has another content type than the route takes. */
    UNSUPPORTED_MEDIA,
    /** The request was meant for another host. */
    MISDIRECTED,
    /** Too much is waiting already; the same request may succeed later. */
    LIMITED,
    /** The request took too long to come. */
    TOO_SLOW,
    /** The server can't take more of this now. */
    UNAVAILABLE,
    /** Our fault. */
    INTERNAL
}
