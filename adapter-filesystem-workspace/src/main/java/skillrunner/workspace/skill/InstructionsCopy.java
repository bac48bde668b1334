package skillrunner.workspace.skill;

import skillrunner.application.json.JsonText;
import skillrunner.domain.skill.SkillManifest;

/** The form in which a run's copy of a SKILL.md is written, so that every engine loads it whatever editor wrote it. */
public final class InstructionsCopy {
    private InstructionsCopy() {}

    /**
     * Writes a SKILL.md anew.
     *
     * @param text the whole file as it is installed
     * @param manifest says what the skill is for where the file does not
     * @param json writes values
     * @return the text: no byte order mark, LF, bare {@code ---} lines, name and description always there
     */
    public static String of(String text, SkillManifest manifest, JsonText json) {
        String usual = manifest.description().isBlank()
                ? "Does the task of the skill " + manifest.name()
                : manifest.description().strip().replaceAll("\\s+", " ");
        try {
            return FrontMatter.read(text).normal(usual, json);
        } catch (UnreadableSkillException e) {
            // Changed since the skill was found to be healthy; the engine says what it makes of it.
            return text;
        }
    }
}
