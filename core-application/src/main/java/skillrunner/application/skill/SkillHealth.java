package skillrunner.application.skill;

import java.util.Locale;

/** Whether a skill can be run. */
public enum SkillHealth {
    /** It can. */
    HEALTHY,
    /** It can't; it is shown with the reasons. */
    DEGRADED;

    /**
     * Returns the name on the wire.
     *
     * @return lower case
     */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
