package skillrunner.workspace.run;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.application.run.admission.Uploads;
import skillrunner.application.run.bundle.RunBundles;
import skillrunner.application.run.output.RunOutput;
import skillrunner.application.run.result.RunArtifacts;
import skillrunner.application.run.result.RunRecords;
import skillrunner.application.run.turn.AnswerFiles;
import skillrunner.application.run.turn.RunWorkspaces;
import skillrunner.application.skill.InstalledSkill;
import skillrunner.domain.run.RunFileRules;
import skillrunner.domain.run.RunId;
import skillrunner.testkit.run.RunBundlesContract;
import skillrunner.testkit.run.RunFolders;
import skillrunner.testkit.run.RunOutputContract;
import skillrunner.testkit.run.RunWorkspacesContract;
import skillrunner.testkit.run.UploadsContract;
import skillrunner.workspace.json.JacksonJson;
import skillrunner.workspace.zip.ZipIntake;
import skillrunner.workspace.zip.ZipLimits;

class FilesystemRunFoldersTest {
    @TempDir
    private Path folder;

    @Nested
    class as_bundles extends RunBundlesContract {
        @Override
        protected RunFolders emptyFolders() {
            return new FoldersOnDisk(folder);
        }
    }

    @Nested
    class as_output extends RunOutputContract {
        @Override
        protected RunFolders emptyFolders() {
            return new FoldersOnDisk(folder);
        }
    }

    @Nested
    class as_uploads extends UploadsContract {
        @Override
        protected RunFolders emptyFolders() {
            return new FoldersOnDisk(folder);
        }
    }

    @Nested
    class as_workspaces extends RunWorkspacesContract {
        @Override
        protected RunFolders emptyFolders() {
            return new FoldersOnDisk(folder);
        }
    }

    private static final class FoldersOnDisk implements RunFolders {
        private final Path skill;
        private final RunLayout layout;
        private final RunDirectories directories;

        FoldersOnDisk(Path folder) {
            this.skill = folder.resolve("skill");
            this.layout = new RunLayout(folder.resolve("data"));
            this.directories = new RunDirectories(layout, new JacksonJson(), Set.of());
        }

        @Override
        public RunWorkspaces workspaces() {
            return directories;
        }

        @Override
        public RunRecords records() {
            return directories;
        }

        @Override
        public RunArtifacts artifacts() {
            return new FilesystemRunArtifacts(layout);
        }

        @Override
        public RunBundles bundles() {
            return new FilesystemRunBundles(layout, new JacksonJson(), new RunFileRules(Set.of(), Set.of()));
        }

        @Override
        public AnswerFiles answerFiles() {
            return new FilesystemAnswerFiles(layout);
        }

        @Override
        public RunOutput output() {
            return new FilesystemRunOutput(layout);
        }

        @Override
        public Uploads uploads() {
            return new FilesystemUploads(layout, new ZipIntake(ZipLimits.UPLOAD));
        }

        @Override
        public InputStream archive(Map<String, String> files) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
                for (Map.Entry<String, String> file : files.entrySet()) {
                    zip.putNextEntry(new ZipEntry(file.getKey()));
                    zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
                    zip.closeEntry();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return new ByteArrayInputStream(bytes.toByteArray());
        }

        @Override
        public InstalledSkill skill() {
            if (!Files.exists(skill)) {
                write(skill.resolve("SKILL.md"), "---\nname: demo\ndescription: A demo\n---\n");
            }
            return TestRuns.skill(skill);
        }

        @Override
        public void append(String path, String text) {
            write(Path.of(path), text);
        }

        @Override
        public void leave(RunId run, String path, String text) {
            write(layout.workspace(run).resolve(RunLayout.ARTIFACTS).resolve(path), text);
        }

        private static void write(Path file, String text) {
            try {
                Files.createDirectories(file.getParent());
                Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
