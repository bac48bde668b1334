package skillrunner.domain.signin;

/** What an engine's own program is at that signs it in. */
public enum DelegateCourse {
    /** It is at work, or its user is. */
    WORKS,
    /** It has shown nothing that is known for too long. */
    STUCK,
    /** It says, or shows, that it does not know this way. */
    CAN_NOT,
    /** It says that something behind the sign-in itself failed, for which it gets its credentials first. */
    FELL_SHORT,
    /** It says that it is done. */
    DONE,
    /** It said so a while ago. What was on its way to the disk has arrived. */
    LONG_DONE,
    /** It has ended with 0. */
    ENDED_WELL,
    /** It has ended otherwise, after it said that it is done. */
    ENDED_AFTER_DONE,
    /** It has ended otherwise. */
    ENDED
}
