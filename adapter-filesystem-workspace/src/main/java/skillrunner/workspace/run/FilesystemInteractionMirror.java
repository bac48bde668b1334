package skillrunner.workspace.run;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skillrunner.application.json.JsonText;
import skillrunner.application.run.interaction.InteractionMirror;
import skillrunner.domain.interaction.DecidedBy;
import skillrunner.domain.interaction.Decision;
import skillrunner.domain.interaction.Interaction;
import skillrunner.domain.run.RunId;
import skillrunner.files.DurableFiles;

/** Questions of a run as files below {@code interactions/}. Safe for concurrent use on different runs. */
public final class FilesystemInteractionMirror implements InteractionMirror {
    private static final Logger LOG = LoggerFactory.getLogger(FilesystemInteractionMirror.class);

    private final RunLayout layout;
    private final JsonText json;

    public FilesystemInteractionMirror(RunLayout layout, JsonText json) {
        this.layout = Objects.requireNonNull(layout);
        this.json = Objects.requireNonNull(json);
    }

    @Override
    public void show(RunId run, List<Interaction> interactions) {
        try {
            Path folder = layout.run(run).resolve("interactions");
            DurableFiles.createDirectories(folder);
            StringBuilder history = new StringBuilder();
            interactions.forEach(interaction -> {
                history.append(json.canonical(asked(interaction))).append('\n');
                interaction.decision().ifPresent(made -> history.append(json.canonical(decided(interaction, made)))
                        .append('\n'));
            });
            DurableFiles.write(folder.resolve("history.jsonl"), history.toString());
            DurableFiles.write(
                    folder.resolve("pending.json"),
                    json.pretty(interactions.stream()
                            .filter(Interaction::isPending)
                            .findFirst()
                            .map(FilesystemInteractionMirror::pending)
                            .orElse(Map.of())));
        } catch (java.io.IOException | RuntimeException e) {
            LOG.warn("run {}: its questions could not be shown as files: {}", run, e.toString());
        }
    }

    private static Map<String, Object> pending(Interaction interaction) {
        Map<String, Object> pending = new LinkedHashMap<>();
        pending.put("interaction_id", interaction.number());
        pending.putAll(interaction.question().toPlain());
        return pending;
    }

    private static Map<String, Object> asked(Interaction interaction) {
        return entry(
                interaction.number(),
                "ask_user",
                pending(interaction),
                interaction.createdAt().toString());
    }

    private static Map<String, Object> decided(Interaction interaction, Decision made) {
        Map<String, Object> payload = new LinkedHashMap<>();
        made.response().ifPresent(response -> payload.put("response", response));
        payload.put("resolution_mode", made.decidedBy().wire());
        String type = made.decidedBy() == DecidedBy.USER_REPLY || made.decidedBy() == DecidedBy.AUTO_DECIDE_TIMEOUT
                ? "reply"
                : "closed";
        return entry(interaction.number(), type, payload, made.decidedAt().toString());
    }

    private static Map<String, Object> entry(int number, String type, Object payload, String at) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("interaction_id", number);
        entry.put("event_type", type);
        entry.put("payload", payload);
        entry.put("created_at", at);
        return entry;
    }
}
