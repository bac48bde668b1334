package skillrunner.application.skill;

import java.util.List;
import java.util.Optional;

/**
 * Everything that lies among the skills, with what is wrong with it: the skills of the {@link SkillStore}, damaged ones, and
 * folders that hold instructions for an agent but no manifest. Sees a change on disk at the next call. Implementations are
 * safe for concurrent use.
 */
public interface SkillCatalogue {
    /**
     * Lists the folders that are skills or nearly so. Of several with one id a skill that can be run is named.
     *
     * @return the entries by id
     */
    List<SkillEntry> entries();

    /**
     * Finds one of the entries.
     *
     * @param id its id, as a client gives it
     * @return the entry, or empty
     */
    Optional<SkillEntry> entry(String id);
}
