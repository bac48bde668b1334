package skillrunner.application.skill;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import skillrunner.application.file.FilePreview;
import skillrunner.application.file.FileTree;
import skillrunner.application.file.FolderBrowser;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.skill.SchemaKind;

/** Shows the skills to whoever looks after them, damaged ones included. Changes nothing. */
public final class BrowseSkills {
    private final SkillCatalogue catalogue;
    private final FolderBrowser folders;

    /**
     * Takes its collaborators.
     *
     * @param catalogue what lies among the skills
     * @param folders looks into their folders
     */
    public BrowseSkills(SkillCatalogue catalogue, FolderBrowser folders) {
        this.catalogue = Objects.requireNonNull(catalogue);
        this.folders = Objects.requireNonNull(folders);
    }

    /**
     * Lists all skills.
     *
     * @return the entries by id
     */
    public List<SkillEntry> list() {
        return catalogue.entries();
    }

    /**
     * Finds a skill.
     *
     * @param id its id, as a client gives it
     * @return the entry
     * @throws RefusedException with {@link ErrorCode#SKILL_NOT_FOUND} if there is none
     */
    public SkillEntry find(String id) {
        return catalogue
                .entry(id)
                .orElseThrow(() -> new RefusedException(ErrorCode.SKILL_NOT_FOUND, "There is no skill with this id"));
    }

    /**
     * Reads the schemas of a skill.
     *
     * @param id its id, as a client gives it
     * @return the contents of those it declares
     * @throws RefusedException with {@link ErrorCode#SKILL_NOT_FOUND} if there is none, with {@link
     *     ErrorCode#SKILL_DEGRADED} and the reasons if it can't be run
     */
    public Map<SchemaKind, Map<String, Object>> schemas(String id) {
        SkillEntry skill = find(id);
        return skill.installed()
                .map(InstalledSkill::schemas)
                .orElseThrow(() -> new RefusedException(
                        ErrorCode.SKILL_DEGRADED, skill.healthError().orElse("")));
    }

    /**
     * Names the files of a skill.
     *
     * @param skill the skill
     * @return the files
     */
    public FileTree files(SkillEntry skill) {
        return folders.tree(skill.location());
    }

    /**
     * Reads a file of a skill.
     *
     * @param skill the skill
     * @param path the file, as a client names it
     * @return the preview
     * @throws RefusedException with {@link ErrorCode#PATH_INVALID} or {@link ErrorCode#FILE_NOT_FOUND}
     */
    public FilePreview preview(SkillEntry skill, String path) {
        return folders.preview(skill.location(), path);
    }
}
