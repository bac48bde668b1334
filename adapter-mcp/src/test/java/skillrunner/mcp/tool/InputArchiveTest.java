package skillrunner.mcp.tool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import skillrunner.application.run.admission.CreateRunCommand;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.RunRequest;
import skillrunner.mcp.resource.Artifacts;
import skillrunner.testkit.run.CoreOnFakes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static skillrunner.testkit.skill.SkillBuilder.aSkill;

class InputArchiveTest {
    private final CoreOnFakes core = new CoreOnFakes();
    private final InputArchive archive = new InputArchive(new Artifacts(core.server().findRun, core.workspaces));

    @Test
    void files_are_packed_under_their_keys_wherever_they_come_from() throws IOException {
        RunRequest earlier = ended();
        core.workspaces.leave(earlier.runId().orElseThrow(), "sum up.txt", "short");
        Map<String, FileInput> files = new LinkedHashMap<>();
        files.put("given", new FileInput.Content("text".getBytes(StandardCharsets.UTF_8)));
        files.put("earlier", new FileInput.Address("skill-runner://runs/" + earlier.id() + "/artifacts/sum%20up.txt"));

        Map<String, String> packed = unpacked(archive.contents(files));

        assertThat(packed).containsExactly(Map.entry("given", "text"), Map.entry("earlier", "short"));
    }

    @Test
    void what_is_not_there_is_told_with_its_place() {
        RunRequest earlier = ended();
        for (String uri : new String[] {
            "skill-runner://runs/" + earlier.id() + "/artifacts/none",
            "skill-runner://runs/" + earlier.id() + "/artifacts/%2e%2e/x",
            "skill-runner://runs/" + earlier.id() + "/result",
            "skill-runner://runs/00000000-0000-4000-8000-0000000fffff/artifacts/a",
            "skill-runner:"
        }) {
            assertThatThrownBy(() -> archive.contents(Map.of("a/b", new FileInput.Address(uri))))
                    .as(uri)
                    .isInstanceOfSatisfying(RefusedException.class, refused -> assertThat(
                                    refused.refusal().errors().get(0).pointer())
                            .isEqualTo("/input/a~1b/uri"));
        }
    }

    @Test
    void all_files_of_a_call_have_one_limit() {
        Map<String, FileInput> files = new LinkedHashMap<>();
        files.put("first", new FileInput.Content(new byte[FileInput.MOST_BYTES]));
        files.put("second", new FileInput.Content(new byte[1]));

        assertThatThrownBy(() -> archive.contents(files))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("/input/second");
    }

    private RunRequest ended() {
        core.skills.install(aSkill().build());
        core.server().dispatcher.start();
        core.processes.onLaunch(process -> process.answers("{}"));
        RunRequest request = core.create(new CreateRunCommand(
                "demo", "codex", Map.of(), Map.of(), Optional.empty(), Map.of("no_cache", true), false));
        core.server().tasks().runAll();
        return request;
    }

    private static Map<String, String> unpacked(Map<String, byte[]> contents) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(InputArchive.pack(contents), StandardCharsets.UTF_8)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return files;
    }
}
