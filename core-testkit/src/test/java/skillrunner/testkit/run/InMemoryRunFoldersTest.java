package skillrunner.testkit.run;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import skillrunner.application.run.admission.Uploads;
import skillrunner.application.run.bundle.RunBundles;
import skillrunner.application.run.output.RunOutput;
import skillrunner.application.run.result.RunArtifacts;
import skillrunner.application.run.result.RunRecords;
import skillrunner.application.run.turn.AnswerFiles;
import skillrunner.application.run.turn.RunWorkspaces;
import skillrunner.application.skill.InstalledSkill;
import skillrunner.domain.run.RunId;
import skillrunner.testkit.storage.ScriptedDisk;

import static skillrunner.testkit.skill.SkillBuilder.aSkill;

class InMemoryRunFoldersTest {
    @Nested
    class as_bundles extends RunBundlesContract {
        @Override
        protected RunFolders emptyFolders() {
            return new InMemoryFolders();
        }
    }

    @Nested
    class as_output extends RunOutputContract {
        @Override
        protected RunFolders emptyFolders() {
            return new InMemoryFolders();
        }
    }

    @Nested
    class as_uploads extends UploadsContract {
        @Override
        protected RunFolders emptyFolders() {
            return new InMemoryFolders();
        }
    }

    @Nested
    class as_workspaces extends RunWorkspacesContract {
        @Override
        protected RunFolders emptyFolders() {
            return new InMemoryFolders();
        }
    }

    private static final class InMemoryFolders implements RunFolders {
        private final ScriptedDisk disk = new ScriptedDisk();
        private final InMemoryOutput output = new InMemoryOutput();
        private final InMemoryUploads uploads = new InMemoryUploads(disk);
        private final InMemoryWorkspaces workspaces = new InMemoryWorkspaces(disk, output, uploads);

        @Override
        public RunWorkspaces workspaces() {
            return workspaces;
        }

        @Override
        public RunRecords records() {
            return workspaces;
        }

        @Override
        public RunArtifacts artifacts() {
            return workspaces;
        }

        @Override
        public RunBundles bundles() {
            return new InMemoryBundles(workspaces);
        }

        @Override
        public AnswerFiles answerFiles() {
            return workspaces;
        }

        @Override
        public RunOutput output() {
            return output;
        }

        @Override
        public Uploads uploads() {
            return uploads;
        }

        @Override
        public InputStream archive(Map<String, String> files) {
            String text = files.entrySet().stream()
                    .map(file -> file.getKey() + "=" + file.getValue() + "\n")
                    .collect(Collectors.joining());
            return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public InstalledSkill skill() {
            return aSkill().build();
        }

        @Override
        public void append(String path, String text) {
            output.append(path, text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void leave(RunId run, String path, String text) {
            workspaces.leave(run, path, text);
        }
    }
}
