package skillrunner.http.skill;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.application.file.FileTree;
import skillrunner.application.skill.SkillEntry;
import skillrunner.domain.skill.SchemaKind;
import skillrunner.http.file.PreviewView;
import skillrunner.http.file.TreeView;
import skillrunner.http.page.Messages;
import skillrunner.http.page.Moment;
import skillrunner.http.page.VisibleText;

/** Turns the wire records of skills into what pages show. */
final class SkillPresenter {
    private SkillPresenter() {}

    static SkillListView list(List<SkillStateJson> skills, String highlighted, Messages messages) {
        return new SkillListView(skills.stream()
                .map(skill -> new SkillListView.Row(
                        VisibleText.of(skill.id()),
                        VisibleText.of(skill.name()),
                        VisibleText.of(skill.description()),
                        shown(skill.version()),
                        String.join(", ", skill.effectiveEngines()),
                        skill.health(),
                        messages.text("health." + skill.health()),
                        shown(skill.healthError()),
                        address(skill.id()),
                        skill.id().equals(highlighted)))
                .toList());
    }

    static SkillView skill(
            SkillEntry entry,
            SkillStateJson skill,
            FileTree files,
            String current,
            @Nullable PreviewView preview,
            Messages messages) {
        return new SkillView(
                VisibleText.of(skill.id()),
                VisibleText.of(skill.name()),
                VisibleText.of(skill.description()),
                skill.health(),
                messages.text("health." + skill.health()),
                entry.problems().stream().map(VisibleText::of).toList(),
                facts(skill, messages),
                schemas(entry, messages),
                TreeView.of(files, address(skill.id()), current),
                preview);
    }

    static String address(String id) {
        return "/ui/skills/" + URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static List<SkillView.Fact> facts(SkillStateJson skill, Messages messages) {
        List<SkillView.Fact> facts = new ArrayList<>();
        facts.add(fact("skills.id", List.of(VisibleText.of(skill.id())), messages));
        facts.add(fact(
                "skills.version",
                Optional.ofNullable(skill.version()).map(VisibleText::of).stream()
                        .toList(),
                messages));
        facts.add(fact("skills.engines", skill.effectiveEngines(), messages));
        if (!skill.engines().isEmpty()) {
            facts.add(fact("skill.engines.declared", skill.engines(), messages));
        }
        if (!skill.unsupportedEngines().isEmpty()) {
            facts.add(fact("skill.engines.denied", skill.unsupportedEngines(), messages));
        }
        facts.add(fact("skill.modes", skill.executionModes(), messages));
        facts.add(new SkillView.Fact(
                messages.text("skill.installed"), List.of(), Moment.of(Instant.parse(skill.installedAt()))));
        return facts;
    }

    private static SkillView.Fact fact(String key, List<String> values, Messages messages) {
        return new SkillView.Fact(messages.text(key), values, null);
    }

    private static List<SchemaView> schemas(SkillEntry entry, Messages messages) {
        List<SchemaView> schemas = new ArrayList<>();
        entry.installed().ifPresent(skill -> {
            for (SchemaKind kind : SchemaKind.values()) {
                if (skill.schemas().containsKey(kind)) {
                    String path = skill.manifest().schemas().getOrDefault(kind, kind.standardPath());
                    schemas.add(SchemaView.of(kind, path, skill.schema(kind), messages));
                }
            }
        });
        return schemas;
    }

    private static String shown(@Nullable String text) {
        return text == null ? "" : VisibleText.of(text);
    }
}
