package skillrunner.http;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.application.file.FileEntry;
import skillrunner.application.file.FilePreview;
import skillrunner.application.file.FileTree;
import skillrunner.domain.skill.SchemaKind;

/** What clients of skills have read so far, they read on: each answer is compared with its recording. */
class SkillWireTest extends HttpTestBed {
    private static final String MANAGED = "/v1/management/skills";

    private final RecordedAnswers answers = new RecordedAnswers();

    SkillWireTest(@TempDir Path temporary) {
        super(temporary);
        catalogue.put(SkillEntries.healthy("Shows", Map.of(SchemaKind.INPUT, Map.of("type", "object"))));
        catalogue.put(SkillEntries.degraded("plain", "assets/runner.json is missing", "its folder can't be read"));
        folder.holds(new FileTree(
                List.of(
                        new FileEntry("assets", "assets", true, 0),
                        new FileEntry("assets/runner.json", "runner.json", false, 1)),
                true));
        folder.put("SKILL.md", FilePreview.text("# Demo \u4e2d", 8, "utf-8"));
        folder.put("photo.png", FilePreview.binary(9));
        folder.put("film", FilePreview.tooLarge(900_000));
    }

    @Test
    void skills_are_told_as_ever() throws Exception {
        answers.add("skills", get("/v1/skills"));
        answers.add("skill", get("/v1/skills/needs-file"));
        answers.add("skills in management", get(MANAGED));
        answers.add("skill in management", get(MANAGED + "/demo"));
        answers.add("degraded skill in management", get(MANAGED + "/plain"));
        answers.add("schemas", get(MANAGED + "/demo/schemas"));
        answers.add("schemas of a degraded skill", get(MANAGED + "/plain/schemas"));
        answers.add("files", get(MANAGED + "/demo/files"));
        answers.add("text", get(MANAGED + "/demo/file?path=SKILL.md"));
        answers.add("binary", get(MANAGED + "/demo/file?path=photo.png"));
        answers.add("too large", get(MANAGED + "/demo/file?path=film"));
        answers.areTheRecorded("skills");
    }

    @Test
    void installations_are_told_as_ever() throws Exception {
        String good = installation("good", "demo 1.2.0");
        String bad = installation("bad", "<b>rubbish</b>");
        answers.add("good, queued", get(good));
        clock.advance(Duration.ofSeconds(1));
        installing.runAll();
        answers.add("good, ended", get(good));
        answers.add("bad, ended", get(bad));
        answers.add("unknown", get("/v1/skill-packages/no-id"));
        answers.areTheRecorded("skill-installations");
    }

    private String installation(String name, String archive) throws Exception {
        var accepted = upload("/v1/skill-packages/install", "file", archive);
        answers.add(name + ", accepted", accepted);
        return "/v1/skill-packages/" + json(accepted.body()).get("request_id").stringValue();
    }
}
