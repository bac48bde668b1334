package skillrunner.testkit.run;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import skillrunner.application.run.temporary.TempPackages;
import skillrunner.application.skill.InstalledSkill;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.skill.SkillId;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What all {@link TempPackages} promise. */
public abstract class TempPackagesContract {
    private static final SkillId DEMO = new SkillId("demo");
    private static final SkillId OTHER = new SkillId("other");

    private final RunFixtures fixtures = new RunFixtures();
    private final RequestId request = fixtures.awaitingRequest().id();
    private @Nullable TempPackages packages;

    /**
     * Makes a store that keeps nothing.
     *
     * @return the store to test
     */
    protected abstract TempPackages emptyPackages();

    /**
     * Makes a package that the store takes.
     *
     * @param skill the id of its skill
     * @return the bytes of an archive
     */
    protected abstract byte[] archive(SkillId skill);

    @BeforeEach
    void start() {
        packages = emptyPackages();
    }

    @Test
    void without_a_package_there_is_no_skill() {
        assertThat(packages().find(request, DEMO)).isEmpty();
        assertThat(packages().kept()).isEmpty();
    }

    @Test
    void a_package_is_found_for_its_request_and_under_its_id_only() throws Exception {
        InstalledSkill taken = take(request, DEMO);

        assertThat(taken.manifest().id()).isEqualTo(DEMO);
        assertThat(packages().find(request, DEMO)).contains(taken);
        assertThat(packages().find(request, OTHER)).isEmpty();
        assertThat(packages().find(fixtures.awaitingRequest().id(), DEMO)).isEmpty();
        assertThat(packages().kept()).containsOnlyKeys(request);
    }

    @Test
    void the_files_of_a_skill_can_be_read() throws Exception {
        InstalledSkill taken = take(request, DEMO);

        assertThat(packages().readText(taken, "SKILL.md"))
                .hasValueSatisfying(text -> assertThat(text).contains("demo"));
        assertThat(packages().readText(taken, "assets/codex_config.toml")).isEmpty();
    }

    @Test
    void a_later_package_replaces_the_earlier_one_as_a_whole() throws Exception {
        take(request, DEMO);

        take(request, OTHER);

        assertThat(packages().find(request, DEMO)).isEmpty();
        assertThat(packages().find(request, OTHER)).isPresent();
        assertThat(packages().kept()).containsOnlyKeys(request);
    }

    @Test
    void of_a_package_that_is_refused_nothing_is_kept_nor_of_the_earlier_one() throws Exception {
        take(request, DEMO);

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> packages()
                        .take(request, new ByteArrayInputStream("this is no archive".getBytes(StandardCharsets.UTF_8))))
                .satisfies(e -> assertThat(e.refusal().code()).isEqualTo(ErrorCode.ARCHIVE_INVALID));

        assertThat(packages().find(request, DEMO)).isEmpty();
        assertThat(packages().kept()).isEmpty();
    }

    @Test
    void of_a_package_that_breaks_off_nothing_is_kept() {
        InputStream broken = new SequenceInputStream(new ByteArrayInputStream(archive(DEMO)), new BrokenConnection());

        assertThatExceptionOfType(IOException.class).isThrownBy(() -> packages().take(request, broken));

        assertThat(packages().find(request, DEMO)).isEmpty();
        assertThat(packages().kept()).isEmpty();
    }

    @Test
    void requests_do_not_mix_and_removing_may_be_repeated() throws Exception {
        RequestId second = fixtures.awaitingRequest().id();
        take(request, DEMO);
        take(second, DEMO);

        packages().remove(request);
        packages().remove(request);

        assertThat(packages().find(request, DEMO)).isEqualTo(Optional.empty());
        assertThat(packages().find(second, DEMO)).isPresent();
        assertThat(packages().kept()).containsOnlyKeys(second);
    }

    private TempPackages packages() {
        return Objects.requireNonNull(packages);
    }

    private InstalledSkill take(RequestId id, SkillId skill) throws IOException {
        return packages().take(id, new ByteArrayInputStream(archive(skill)));
    }
}
