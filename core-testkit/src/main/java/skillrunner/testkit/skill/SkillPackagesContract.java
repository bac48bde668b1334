package skillrunner.testkit.skill;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import skillrunner.application.skill.PlainSkills;
import skillrunner.application.skill.SkillPackages;
import skillrunner.application.skill.SkillPackages.Content;
import skillrunner.application.skill.SkillPackages.Publication;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.skill.InstallAction;
import skillrunner.domain.skill.InstallId;
import skillrunner.domain.skill.SkillId;
import skillrunner.domain.skill.SkillVersion;
import skillrunner.testkit.background.SequentialIds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What all {@link SkillPackages} promise. */
public abstract class SkillPackagesContract {
    private static final SkillId DEMO = new SkillId("demo");

    private final SequentialIds ids = new SequentialIds();
    private @Nullable Place place;

    /** Where packages are installed. */
    public interface Place {
        /** Returns the implementation under test. */
        SkillPackages packages();

        /** Packs a skill named {@code demo}. */
        byte[] archive(String version);

        /** Packs something that is no skill. */
        byte[] rubbish();

        /** Tells which version of the skill is in its place. */
        Optional<String> installed();

        /** Tells whether nothing is kept of any installation. */
        boolean isClean();
    }

    /** Makes a place without any skill. */
    protected abstract Place emptyPlace();

    @BeforeEach
    void begin() {
        place = emptyPlace();
    }

    @Test
    void a_good_package_is_installed_and_leaves_nothing() throws Exception {
        InstallId id = received("1.0.0");
        Content.Good content = good(id, "1.0.0");
        assertThat(place().installed()).isEmpty();

        assertThat(packages().publish(id, content)).isEqualTo(new Publication.Done(InstallAction.INSTALL));
        packages().clean(id);
        packages().forget(id);

        assertThat(place().installed()).contains("1.0.0");
        assertThat(place().isClean()).isTrue();
    }

    @Test
    void a_higher_version_replaces_what_is_installed_and_no_other_does() throws Exception {
        published("1.0.0");
        assertThat(published("1.1.0")).isEqualTo(new Publication.Done(InstallAction.UPDATE));

        assertThat(published("1.1.0")).isInstanceOf(Publication.Refused.class);
        assertThat(published("1.0.9")).isInstanceOf(Publication.Refused.class);
        assertThat(place().installed()).contains("1.1.0");
    }

    @Test
    void a_bad_package_is_told_with_a_reason_and_changes_nothing() throws Exception {
        published("1.0.0");
        InstallId id = new InstallId(ids.next());
        packages().receive(id, new ByteArrayInputStream(place().rubbish()));

        assertThat(packages().unpack(id, PlainSkills.REFUSED))
                .isInstanceOfSatisfying(
                        Content.Bad.class, bad -> assertThat(bad.reason()).isNotBlank());
        packages().forget(id);

        assertThat(place().installed()).contains("1.0.0");
    }

    @Test
    void of_an_archive_that_is_empty_or_breaks_off_nothing_is_kept() {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> packages().receive(new InstallId(ids.next()), InputStream.nullInputStream()))
                .satisfies(e -> assertThat(e.refusal().code()).isEqualTo(ErrorCode.REQUEST_INVALID));
        InputStream half = new SequenceInputStream(new ByteArrayInputStream(place().archive("1.0.0")), new Broken());
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> packages().receive(new InstallId(ids.next()), half));

        assertThat(place().isClean()).isTrue();
    }

    @Test
    void forgetting_may_be_repeated_and_needs_nothing() throws Exception {
        InstallId id = received("1.0.0");

        packages().forget(id);
        packages().forget(id);
        packages().forget(new InstallId(ids.next()));

        assertThat(place().isClean()).isTrue();
    }

    @Test
    void after_a_restart_nothing_is_left_of_what_was_not_published() throws Exception {
        received("1.0.0");
        good(received("1.1.0"), "1.1.0");

        assertThat(packages().recover()).isEmpty();

        assertThat(place().isClean()).isTrue();
        assertThat(place().installed()).isEmpty();
    }

    @Test
    void after_a_restart_what_was_published_is_told_until_it_is_forgotten() throws Exception {
        InstallId install = received("1.0.0");
        packages().publish(install, good(install, "1.0.0"));
        InstallId update = received("1.1.0");
        packages().publish(update, good(update, "1.1.0"));
        packages().clean(update);

        Map<InstallId, InstallAction> told = packages().recover();

        assertThat(told).isEqualTo(Map.of(install, InstallAction.INSTALL, update, InstallAction.UPDATE));
        assertThat(packages().recover()).isEqualTo(told);
        packages().forget(install);
        packages().forget(update);
        assertThat(packages().recover()).isEmpty();
        assertThat(place().installed()).contains("1.1.0");
        assertThat(place().isClean()).isTrue();
    }

    /** A connection that is gone. */
    private static final class Broken extends InputStream {
        @Override
        public int read() throws IOException {
            throw new IOException("gone");
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return read();
        }
    }

    private InstallId received(String version) throws IOException {
        InstallId id = new InstallId(ids.next());
        packages().receive(id, new ByteArrayInputStream(place().archive(version)));
        return id;
    }

    private Content.Good good(InstallId id, String version) {
        Content.Good expected = new Content.Good(DEMO, SkillVersion.of(version));
        assertThat(packages().unpack(id, PlainSkills.REFUSED)).isEqualTo(expected);
        return expected;
    }

    private Publication published(String version) throws IOException {
        InstallId id = received(version);
        Publication publication = packages().publish(id, good(id, version));
        packages().forget(id);
        return publication;
    }

    private Place place() {
        if (place == null) {
            throw new IllegalStateException("no test runs");
        }
        return place;
    }

    private SkillPackages packages() {
        return place().packages();
    }
}
