package skillrunner.testkit.run;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import skillrunner.application.run.admission.Uploads;
import skillrunner.application.run.admission.Uploads.FileDigest;
import skillrunner.application.run.turn.Workspace;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What all {@link Uploads} promise, with what becomes of them when their run begins. */
public abstract class UploadsContract extends RunFoldersContract {
    private final RunRequest request = fixtures.awaitingRequest();

    @Test
    void without_an_upload_there_are_no_files() {
        assertThat(digests()).isEmpty();
    }

    @Test
    void the_files_are_told_in_order_and_equal_content_has_an_equal_digest() throws Exception {
        assertThat(uploads().store(request.id(), folders().archive(Map.of("b", "same", "a", "same", "c", "other"))))
                .containsExactly("a", "b", "c");

        Map<String, FileDigest> digests = digests();
        assertThat(digests.keySet()).containsExactly("a", "b", "c");
        assertThat(digests.get("a")).isEqualTo(digests.get("b")).isNotEqualTo(digests.get("c"));
        assertThat(digests)
                .hasEntrySatisfying("c", digest -> assertThat(digest.size()).isEqualTo(5));
    }

    @Test
    void a_later_upload_replaces_the_earlier_one_as_a_whole() throws Exception {
        store(request.id(), Map.of("old", "1", "same", "1"));

        store(request.id(), Map.of("new", "2", "same", "22"));

        assertThat(digests()).containsOnlyKeys("new", "same");
        assertThat(digests())
                .hasEntrySatisfying("same", digest -> assertThat(digest.size()).isEqualTo(2));
    }

    @Test
    void of_an_archive_that_is_refused_nothing_is_kept_and_the_earlier_upload_stays() throws Exception {
        store(request.id(), Map.of("a", "1"));

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> uploads()
                        .store(
                                request.id(),
                                new ByteArrayInputStream("this is no archive".getBytes(StandardCharsets.UTF_8))))
                .satisfies(e -> assertThat(e.refusal().code()).isEqualTo(ErrorCode.ARCHIVE_INVALID));

        assertThat(digests()).containsOnlyKeys("a");
    }

    @Test
    void of_an_archive_that_breaks_off_nothing_is_kept_and_the_earlier_upload_stays() throws Exception {
        store(request.id(), Map.of("a", "1"));

        assertThatExceptionOfType(IOException.class).isThrownBy(() -> uploads()
                .store(
                        request.id(),
                        new SequenceInputStream(folders().archive(Map.of("b", "2")), new BrokenConnection())));

        assertThat(digests()).containsOnlyKeys("a");
    }

    @Test
    void requests_do_not_mix_and_forgetting_one_may_be_repeated() throws Exception {
        RequestId other = fixtures.awaitingRequest().id();
        store(request.id(), Map.of("a", "1"));
        store(other, Map.of("b", "2"));

        uploads().discard(request.id());
        uploads().discard(request.id());

        assertThat(digests()).isEmpty();
        assertThat(uploads().digests(other)).containsOnlyKeys("b");
    }

    @Test
    void the_files_move_to_the_run_when_its_folders_are_made_and_stay_there_if_that_is_repeated() throws Exception {
        store(request.id(), Map.of("a", "1", "b", "2"));
        Run run = fixtures.queuedRun(request);

        folders().workspaces().create(run, request);
        Workspace workspace = folders().workspaces().create(run, request);

        assertThat(digests()).isEmpty();
        assertThat(workspace.uploads()).isEqualTo(folders().workspaces().uploads(run.id()));
        assertThat(folders().workspaces().uploads(run.id())).containsOnlyKeys("a", "b");
        assertThat(folders().workspaces().uploads(run.id()).get("a"))
                .startsWith(workspace.directory() + "/")
                .endsWith("/a");
        assertThat(folders().workspaces().uploads(created().id())).isEmpty();
    }

    private void store(RequestId id, Map<String, String> files) throws IOException {
        uploads().store(id, folders().archive(files));
    }

    private Uploads uploads() {
        return folders().uploads();
    }

    private Map<String, FileDigest> digests() {
        return uploads().digests(request.id());
    }
}
