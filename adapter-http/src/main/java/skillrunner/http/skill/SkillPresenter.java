package skillrunner.http.skill;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.application.file.FileTree;
import skillrunner.application.skill.SkillEntry;
import skillrunner.application.skill.SkillOverview;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.skill.ExecutionMode;
import skillrunner.domain.skill.SchemaKind;
import skillrunner.domain.skill.SkillManifest;
import skillrunner.http.file.PreviewView;
import skillrunner.http.file.TreeView;
import skillrunner.http.page.Messages;
import skillrunner.http.page.Moment;
import skillrunner.http.page.VisibleText;

/** Turns skills into what pages show. */
final class SkillPresenter {
    private SkillPresenter() {}

    static SkillListView list(List<SkillOverview> skills, String highlighted, Messages messages) {
        return new SkillListView(
                skills.stream().map(skill -> row(skill, highlighted, messages)).toList());
    }

    private static SkillListView.Row row(SkillOverview overview, String highlighted, Messages messages) {
        SkillEntry skill = overview.entry();
        String health = skill.health().wire();
        return new SkillListView.Row(
                VisibleText.of(skill.id()),
                VisibleText.of(skill.name()),
                VisibleText.of(skill.description()),
                version(skill).orElse(""),
                String.join(", ", names(overview.effectiveEngines())),
                health,
                messages.text("health." + health),
                skill.healthError().map(VisibleText::of).orElse(""),
                address(skill.id()),
                skill.healthy(),
                adopt(skill),
                skill.id().equals(highlighted));
    }

    static SkillView skill(
            SkillOverview overview, FileTree files, String current, @Nullable PreviewView preview, Messages messages) {
        SkillEntry skill = overview.entry();
        String health = skill.health().wire();
        return new SkillView(
                VisibleText.of(skill.id()),
                address(skill.id()),
                VisibleText.of(skill.name()),
                VisibleText.of(skill.description()),
                health,
                messages.text("health." + health),
                skill.problems().stream().map(VisibleText::of).toList(),
                adopt(skill),
                facts(overview, messages),
                schemas(skill, messages),
                TreeView.of(files, new TreeView.Addresses(address(skill.id()), address(skill.id()) + "/view"), current),
                preview);
    }

    static RunFormView form(SkillOverview overview, String from) {
        SkillEntry skill = overview.entry();
        return new RunFormView(
                skill.id(),
                VisibleText.of(skill.name()),
                VisibleText.of(skill.description()),
                address(skill.id()),
                names(overview.effectiveEngines()),
                skill.manifest().map(SkillManifest::executionModes).orElse(List.of()).stream()
                        .map(ExecutionMode::wire)
                        .toList(),
                from);
    }

    private static String adopt(SkillEntry skill) {
        return skill.plain() ? address(skill.id()) + "/adopt" : "";
    }

    static String address(String id) {
        return "/ui/skills/" + URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static List<SkillView.Fact> facts(SkillOverview overview, Messages messages) {
        SkillEntry skill = overview.entry();
        Optional<SkillManifest> manifest = skill.manifest();
        List<SkillView.Fact> facts = new ArrayList<>();
        facts.add(fact("skills.id", List.of(VisibleText.of(skill.id())), messages));
        facts.add(fact("skills.version", version(skill).stream().toList(), messages));
        facts.add(fact("skills.engines", names(overview.effectiveEngines()), messages));
        manifest.map(SkillManifest::engines)
                .filter(engines -> !engines.isEmpty())
                .ifPresent(engines -> facts.add(fact("skill.engines.declared", names(engines), messages)));
        manifest.map(SkillManifest::unsupportedEngines)
                .filter(engines -> !engines.isEmpty())
                .ifPresent(engines -> facts.add(fact("skill.engines.denied", names(engines), messages)));
        List<ExecutionMode> modes = manifest.map(SkillManifest::executionModes).orElse(List.of());
        facts.add(fact("skill.modes", modes.stream().map(ExecutionMode::wire).toList(), messages));
        facts.add(new SkillView.Fact(messages.text("skill.installed"), List.of(), Moment.of(skill.installedAt())));
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

    private static Optional<String> version(SkillEntry skill) {
        return skill.manifest().flatMap(SkillManifest::version).map(VisibleText::of);
    }

    private static List<String> names(List<EngineId> engines) {
        return engines.stream().map(EngineId::wire).toList();
    }
}
