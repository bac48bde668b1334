package skillrunner.application.skill;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import skillrunner.domain.skill.SkillId;

/**
 * The skills that are installed, whether they ship with the product or were added; an added skill of the same id wins.
 * Sees a change on disk at the next call. Implementations are safe for concurrent use.
 */
public interface SkillStore {
    /**
     * Lists the skills that can be run; a folder that can't be read as a skill is left out and logged.
     *
     * @return the skills by id
     */
    List<InstalledSkill> list();

    /**
     * Finds a skill that can be run.
     *
     * @param id its id
     * @return the skill, or empty
     */
    Optional<InstalledSkill> find(SkillId id);

    /**
     * Hashes every regular file of a skill, so that any change makes another fingerprint.
     *
     * @param skill a skill from this store
     * @return path inside the folder to SHA-256 in lower-case hex, sorted by path
     */
    Map<String, String> fileHashes(InstalledSkill skill);

    /**
     * Reads a text file of a skill.
     *
     * @param skill a skill from this store
     * @param path path inside the folder
     * @return the text, or empty if there is no such regular file
     */
    Optional<String> readText(InstalledSkill skill, String path);
}
