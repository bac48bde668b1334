package skillrunner.mcp.tool;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import skillrunner.application.json.PlainValues;
import skillrunner.application.run.admission.CreateRunCommand;
import skillrunner.application.skill.InstalledSkill;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.json.JsonPointer;
import skillrunner.domain.skill.InputContract;

/**
 * The arguments of a skill's tool.
 *
 * @param command what is asked for; its checks are those of every job
 * @param files the files by key
 * @param patience how long the call waits; empty for as long as it takes
 */
record SkillArguments(CreateRunCommand command, Map<String, FileInput> files, Optional<Duration> patience) {
    private static final Set<String> NAMES = Set.of(
            ToolSchema.INPUT,
            ToolSchema.PARAMETER,
            ToolSchema.ENGINE,
            ToolSchema.MODEL,
            ToolSchema.OPTIONS,
            ToolSchema.WAIT);

    /** @throws skillrunner.domain.problem.RefusedException with all that is wrong in form */
    static SkillArguments read(
            InstalledSkill skill, List<EngineId> engines, Map<String, ? extends @Nullable Object> arguments) {
        PlainValues.refuseUnusable(arguments);
        Findings findings = new Findings(arguments);
        findings.allowOnly(NAMES);
        Map<String, Object> inline = new LinkedHashMap<>();
        Map<String, FileInput> files = new LinkedHashMap<>();
        InputContract contract = skill.inputContract();
        findings.object(ToolSchema.INPUT).forEach((key, value) -> {
            boolean file = contract.fileKeys().contains(key)
                    || (contract.takesOtherFiles() && !contract.inlineKeys().contains(key));
            if (file) {
                FileInput.read(
                                value,
                                (place, detail) -> findings.wrong(JsonPointer.member("/input", key) + place, detail))
                        .ifPresent(read -> files.put(key, read));
            } else {
                inline.put(key, value);
            }
        });
        CreateRunCommand command = new CreateRunCommand(
                skill.manifest().id().value(),
                findings.text(ToolSchema.ENGINE).orElse(ToolSchema.defaultEngine(engines)),
                inline,
                findings.object(ToolSchema.PARAMETER),
                findings.text(ToolSchema.MODEL),
                findings.object(ToolSchema.OPTIONS),
                !files.isEmpty());
        Optional<Duration> patience = findings.number(ToolSchema.WAIT, 0, ToolSchema.LONGEST_WAIT_SECONDS)
                .map(Duration::ofSeconds);
        for (String key : contract.requiredFileKeys()) {
            if (!files.containsKey(key)) {
                findings.wrong(JsonPointer.member("/input", key), "is required: a file");
            }
        }
        findings.refuseIfWrong();
        return new SkillArguments(command, files, patience);
    }
}
