package skillrunner.workspace.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skillrunner.application.json.JsonText;
import skillrunner.application.run.interaction.InteractionMirror;
import skillrunner.application.run.interaction.InteractiveState;
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
    public void show(RunId run, InteractiveState state) {
        try {
            if (Files.isDirectory(layout.run(run), LinkOption.NOFOLLOW_LINKS)) {
                write(layout.run(run).resolve("interactions"), state);
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("run {}: its questions could not be shown as files: {}", run, e.toString());
        }
    }

    private void write(Path folder, InteractiveState state) throws IOException {
        DurableFiles.createDirectories(folder);
        StringBuilder history = new StringBuilder();
        InteractionJson.history(state.interactions())
                .forEach(entry -> history.append(json.canonical(entry)).append('\n'));
        DurableFiles.write(folder.resolve("history.jsonl"), history.toString());
        Path pending = folder.resolve("pending.json");
        Optional<Interaction> asked = state.pending();
        if (asked.isPresent()) {
            DurableFiles.write(pending, json.pretty(InteractionJson.pending(asked.get())));
        } else {
            Files.deleteIfExists(pending);
        }
        DurableFiles.write(folder.resolve("runtime_state.json"), json.pretty(InteractionJson.state(state)));
    }
}
