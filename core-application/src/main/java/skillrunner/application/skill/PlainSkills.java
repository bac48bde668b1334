package skillrunner.application.skill;

/** What becomes of an archive that holds instructions for an agent and no manifest. */
public enum PlainSkills {
    /** It is turned down: it is no package. */
    REFUSED,
    /** A package is made of it by {@link skillrunner.domain.skill.SkillAdoption}; a package is taken as it is. */
    ADOPTED
}
