package skillrunner.workspace.skill;

/** A folder that can't be read as a skill. The message says which file and why, without a path of the server. */
final class UnreadableSkillException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableSkillException(String message) {
        super(message);
    }
}
