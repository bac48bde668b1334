package skillrunner.workspace.run;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.application.run.admission.Uploads.FileDigest;
import skillrunner.application.storage.StorageFaultException;
import skillrunner.domain.problem.RefusedException;
import skillrunner.files.FileTrees;
import skillrunner.testkit.hostile.HostileFamily;
import skillrunner.workspace.zip.BrokenOffException;
import skillrunner.workspace.zip.ZipIntake;
import skillrunner.workspace.zip.ZipLimits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static skillrunner.workspace.run.TestRuns.REQUEST;

class FilesystemUploadsTest {
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    private final Path data;
    private final Path requests;
    private final FilesystemUploads uploads;

    FilesystemUploadsTest(@TempDir Path data) {
        this.data = data;
        this.requests = data.resolve("requests").resolve(REQUEST.value());
        this.uploads = new FilesystemUploads(new RunLayout(data), new ZipIntake(ZipLimits.UPLOAD));
    }

    @Test
    void an_upload_is_kept_and_hashed() throws Exception {
        List<String> files = store("sub/b", "", "a", "abc");

        assertThat(files).containsExactly("a", "sub/b");
        Map<String, FileDigest> digests = uploads.digests(REQUEST);
        assertThat(digests.keySet()).containsExactly("a", "sub/b");
        assertThat(digests).containsEntry("a", new FileDigest(ABC, 3));
    }

    @Test
    void a_later_upload_replaces_the_earlier_one_as_a_whole() throws Exception {
        store("old", "1", "same", "1");

        store("new", "2", "same", "abc");

        assertThat(uploads.digests(REQUEST))
                .containsOnlyKeys("new", "same")
                .containsEntry("same", new FileDigest(ABC, 3));
        assertThat(requests.toFile().list()).containsExactly("uploads");
    }

    @Test
    void an_upload_that_is_refused_keeps_the_earlier_one() throws Exception {
        store("a", "abc");

        assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> store("../a", "evil"));

        assertThat(uploads.digests(REQUEST)).isEqualTo(Map.of("a", new FileDigest(ABC, 3)));
        assertThat(requests.toFile().list()).containsExactly("uploads");
    }

    @Test
    void a_folder_that_takes_no_uploads_is_a_fault_of_the_disk_and_a_sender_that_breaks_off_is_none() throws Exception {
        InputStream brokenOff = InputStream.nullInputStream();
        brokenOff.close();

        assertThatExceptionOfType(BrokenOffException.class).isThrownBy(() -> uploads.store(REQUEST, brokenOff));

        FileTrees.remove(data.resolve("requests"));
        Files.writeString(data.resolve("requests"), "no folder");

        assertThatExceptionOfType(StorageFaultException.class).isThrownBy(() -> store("a", "abc"));
    }

    @Test
    void a_first_upload_that_is_refused_leaves_nothing() throws Exception {
        assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> store("../a", "evil"));

        assertThat(uploads.digests(REQUEST)).isEmpty();
        assertThat(data.resolve("requests").toFile().list()).isEmpty();
    }

    @Test
    void nothing_of_the_hostile_family_is_hashed() throws Exception {
        store("a", "abc");
        HostileFamily.plant(requests.resolve("uploads"), Files.createDirectory(data.resolve("outside")));
        Files.delete(requests.resolve("uploads/sparse"));

        assertThat(uploads.digests(REQUEST).keySet())
                .contains("a")
                .doesNotContainAnyElementsOf(HostileFamily.BAD)
                .hasSize(HostileFamily.ODD.size());
    }

    @Test
    void what_a_crash_left_behind_is_swept_by_the_next_upload() throws Exception {
        Files.createDirectories(requests.resolve("staging/half"));
        Files.writeString(requests.resolve("staging.zip"), "half");

        store("a", "abc");

        assertThat(requests.toFile().list()).containsExactly("uploads");
    }

    @Test
    void discarding_forgets_everything_and_may_be_repeated() throws Exception {
        store("a", "abc");

        uploads.discard(REQUEST);
        uploads.discard(REQUEST);

        assertThat(uploads.digests(REQUEST)).isEmpty();
        assertThat(requests).doesNotExist();
    }

    private List<String> store(String... namesAndContents) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < namesAndContents.length; i += 2) {
                zip.putNextEntry(new ZipEntry(namesAndContents[i]));
                zip.write(namesAndContents[i + 1].getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return uploads.store(REQUEST, new ByteArrayInputStream(bytes.toByteArray()));
    }
}
