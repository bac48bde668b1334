package skillrunner.workspace.skill;

import java.nio.file.NoSuchFileException;
import skillrunner.application.json.JsonText;
import skillrunner.domain.skill.PackageRules;
import skillrunner.domain.skill.SkillManifest;
import skillrunner.files.UntrustedFolder;

/** The form in which a run's copy of a SKILL.md is written, so that every engine loads it whatever editor wrote it. */
public final class InstructionsCopy {
    private InstructionsCopy() {}

    /**
     * Writes a SKILL.md anew.
     *
     * @param skill the folder it is installed in
     * @param manifest says what the skill is for where the file does not
     * @param json writes values
     * @return the text: no byte order mark, LF, bare {@code ---} lines, name and description always there
     * @throws NoSuchFileException if there is no such file any more, or none that can be read as text
     */
    public static String of(UntrustedFolder skill, SkillManifest manifest, JsonText json) throws NoSuchFileException {
        String usual = manifest.description().isBlank()
                ? "Does the task of the skill " + manifest.name()
                : manifest.description().strip().replaceAll("\\s+", " ");
        String text = text(skill);
        try {
            return FrontMatter.read(text).normal(manifest.id().value(), usual, json);
        } catch (UnreadableSkillException e) {
            // Changed since the skill was found to be healthy; the engine says what it makes of it.
            return text;
        }
    }

    private static String text(UntrustedFolder skill) throws NoSuchFileException {
        try {
            return new PackageFile(skill, PackageRules.SKILL_MD).text();
        } catch (UnreadableSkillException e) {
            throw new NoSuchFileException(PackageRules.SKILL_MD, null, e.getMessage());
        }
    }
}
