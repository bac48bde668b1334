package skillrunner.application.skill;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import skillrunner.application.engine.Engines;
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
    private final Engines engines;

    public BrowseSkills(SkillCatalogue catalogue, FolderBrowser folders, Engines engines) {
        this.catalogue = Objects.requireNonNull(catalogue);
        this.folders = Objects.requireNonNull(folders);
        this.engines = Objects.requireNonNull(engines);
    }

    /**
     * Lists all skills.
     *
     * @return the skills by id
     */
    public List<SkillOverview> list() {
        return catalogue.entries().stream().map(this::overview).toList();
    }

    /**
     * Finds a skill.
     *
     * @param id its id, as a client gives it
     * @return the skill
     * @throws RefusedException with {@link ErrorCode#SKILL_NOT_FOUND} if there is none
     */
    public SkillOverview find(String id) {
        return catalogue
                .entry(id)
                .map(this::overview)
                .orElseThrow(() -> new RefusedException(ErrorCode.SKILL_NOT_FOUND, "There is no skill with this id"));
    }

    private SkillOverview overview(SkillEntry entry) {
        return new SkillOverview(
                entry,
                entry.manifest()
                        .map(manifest -> manifest.effectiveEngines(engines.known()))
                        .orElse(List.of()));
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
        SkillEntry skill = find(id).entry();
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
    public FileTree files(SkillOverview skill) {
        return folders.tree(skill.entry().location());
    }

    /**
     * Reads a file of a skill.
     *
     * @param skill the skill
     * @param path the file, as a client names it
     * @return the preview
     * @throws RefusedException with {@link ErrorCode#PATH_INVALID} or {@link ErrorCode#FILE_NOT_FOUND}
     */
    public FilePreview preview(SkillOverview skill, String path) {
        return folders.preview(skill.entry().location(), path);
    }
}
