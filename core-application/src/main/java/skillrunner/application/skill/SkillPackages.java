package skillrunner.application.skill;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import skillrunner.domain.skill.InstallAction;
import skillrunner.domain.skill.InstallId;
import skillrunner.domain.skill.SkillId;
import skillrunner.domain.skill.SkillVersion;

/**
 * Uploaded packages on their way to the installed skills. Nothing is ever written outside the places meant for it.
 * Implementations are safe for concurrent use on different installations.
 *
 * <p>A method that writes throws {@link skillrunner.application.storage.StorageFullException} if the disk is full.
 */
public interface SkillPackages {
    /**
     * Keeps an uploaded archive without looking into it.
     *
     * @param id the installation
     * @param archive the bytes
     * @throws skillrunner.domain.problem.RefusedException with {@code REQUEST_INVALID} if it is empty or {@code
     *     BODY_TOO_LARGE}; then nothing is kept
     * @throws IOException if the sender broke off; then nothing is kept
     */
    void receive(InstallId id, InputStream archive) throws IOException;

    /**
     * Keeps what lies in a folder of a skill as if it had been uploaded. The folder stays as it is.
     *
     * @param id the installation
     * @param location the folder, as {@link SkillEntry#location} names it
     * @throws skillrunner.domain.problem.RefusedException with {@code ARCHIVE_INVALID} if it is gone, too large or can't be
     *     read; then nothing is kept
     */
    void collect(InstallId id, String location);

    /**
     * Unpacks the archive beside the installed skills and checks what is in it.
     *
     * @param id the installation
     * @param plain what becomes of instructions without a manifest
     * @return what is in it, or what is wrong with it
     */
    Content unpack(InstallId id, PlainSkills plain);

    /**
     * Moves the unpacked package into its place, if what is installed there allows it. One package of a skill at a time:
     * a later one is judged by what the earlier one left. If it fails, what was installed is as it was; if it is cut off,
     * {@link #recover} makes that true.
     *
     * @param id the installation
     * @param content what {@link #unpack} found
     * @return what was done, or why nothing was
     */
    Publication publish(InstallId id, Content.Good content);

    /**
     * Removes the archive and what was unpacked of it. That the package was published is remembered until {@link
     * #forget}.
     *
     * @param id the installation
     */
    void clean(InstallId id);

    /**
     * Removes everything that is kept of an installation, repairing first what a failed publication may have left.
     *
     * @param id the installation
     */
    void forget(InstallId id);

    /**
     * After a restart: takes back every publication that was cut off, and removes what was left of installations. To be
     * called while no other method is at work.
     *
     * @return the installations that were published completely but not forgotten, with what they did
     */
    Map<InstallId, InstallAction> recover();

    /** What is in an archive. */
    sealed interface Content {
        /**
         * A package that keeps all rules.
         *
         * @param skill its skill
         * @param version its version
         */
        record Good(SkillId skill, SkillVersion version) implements Content {
            /** Refuses null parts. */
            public Good {
                Objects.requireNonNull(skill);
                Objects.requireNonNull(version);
            }
        }

        /**
         * Anything else.
         *
         * @param reason which files are wrong and why
         */
        record Bad(String reason) implements Content {
            /** Refuses null. */
            public Bad {
                Objects.requireNonNull(reason);
            }
        }
    }

    /** How moving a package into its place ended. */
    sealed interface Publication {
        /**
         * The package is in its place.
         *
         * @param action what was done
         */
        record Done(InstallAction action) implements Publication {
            /** Refuses null. */
            public Done {
                Objects.requireNonNull(action);
            }
        }

        /**
         * What was installed is as it was.
         *
         * @param reason why
         */
        record Refused(String reason) implements Publication {
            /** Refuses null. */
            public Refused {
                Objects.requireNonNull(reason);
            }
        }
    }
}
