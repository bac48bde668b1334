package skillrunner.domain.skill;

/** Decides what a good package does to what is installed under its id. */
public final class InstallPolicy {
    private InstallPolicy() {}

    /** What is at the place of the skill. */
    public sealed interface Existing {
        /** Nothing. */
        record Absent() implements Existing {}

        /**
         * A skill with a readable version.
         *
         * @param version the version
         * @param archived whether the archive already holds something under this version
         */
        record Valid(SkillVersion version, boolean archived) implements Existing {}

        /** Something that is no installed skill, such as a folder without a readable runner.json. */
        record Invalid() implements Existing {}
    }

    /** What to do. */
    public sealed interface Decision {
        /** Move the package in. */
        record Install() implements Decision {}

        /**
         * Archive the installed version, then move the package in.
         *
         * @param old the installed version
         */
        record Update(SkillVersion old) implements Decision {}

        /** Keep aside what is there, then move the package in. */
        record MoveAsideThenInstall() implements Decision {}

        /**
         * Change nothing.
         *
         * @param reason why, as a sentence
         */
        record Refuse(String reason) implements Decision {}
    }

    /**
     * Decides.
     *
     * @param existing what is there
     * @param offered the version of the package
     * @return what to do
     */
    public static Decision decide(Existing existing, SkillVersion offered) {
        if (existing instanceof Existing.Valid valid) {
            if (offered.compareTo(valid.version()) <= 0) {
                return new Decision.Refuse("A strictly higher version is required: version " + valid.version()
                        + " is installed and the package has " + offered);
            }
            if (valid.archived()) {
                return new Decision.Refuse("The archive already exists for the installed version " + valid.version());
            }
            return new Decision.Update(valid.version());
        }
        return existing instanceof Existing.Absent ? new Decision.Install() : new Decision.MoveAsideThenInstall();
    }
}
