package skillrunner.application.run.temporary;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import skillrunner.application.skill.InstalledSkill;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.skill.SkillId;

/**
 * Packages that came with a single request, each unpacked in a place of its own, apart from the installed skills. Nothing is
 * ever written outside that place. What {@link #take} returned from survives a loss of power. Implementations are safe for
 * concurrent use on different requests.
 *
 * <p>Any method that writes throws {@link skillrunner.application.storage.StorageFullException} if the disk is full.
 */
public interface TempPackages {
    /**
     * Keeps and unpacks a package in the place of an earlier one, and checks what is in it. Nothing stays of a package that
     * is refused, nor of the earlier one.
     *
     * @param request the request
     * @param archive the bytes of a zip archive
     * @return the skill that is in it
     * @throws skillrunner.domain.problem.RefusedException with {@code ARCHIVE_INVALID}, {@code PACKAGE_INVALID} or {@code
     *     PACKAGE_TOO_LARGE}, saying which rule is broken
     * @throws IOException if the sender broke off
     */
    InstalledSkill take(RequestId request, InputStream archive) throws IOException;

    /**
     * Finds a skill that was taken.
     *
     * @param request the request
     * @param skill its id
     * @return the skill, or empty if it was removed or can't be read any more
     */
    Optional<InstalledSkill> find(RequestId request, SkillId skill);

    /**
     * Reads a text file of a skill.
     *
     * @param skill a skill from here
     * @param path path inside its folder
     * @return the text, or empty if there is no such regular file
     */
    Optional<String> readText(InstalledSkill skill, String path);

    /**
     * Removes everything that is kept for a request. Does nothing if nothing is.
     *
     * @param request the request
     * @throws java.io.UncheckedIOException if something could not be removed
     */
    void remove(RequestId request);

    /**
     * Names the requests for which anything is kept, whole or not.
     *
     * @return request to when its files came
     */
    Map<RequestId, Instant> kept();
}
