package skillrunner.mcp;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import skillrunner.application.background.BackgroundTasks;
import skillrunner.mcp.session.Answer;
import skillrunner.mcp.session.Incoming;
import skillrunner.mcp.session.SessionSettings;
import skillrunner.mcp.tool.RunUseCases;

/**
 * The skills of this server for other agents. Opens itself at the first request, for the library takes as long to load as a small server
 * does to start. Safe for concurrent use.
 */
public final class McpEndpoint implements AutoCloseable {
    private final RunUseCases runs;
    private final SessionSettings settings;
    private final BackgroundTasks background;
    private final String version;
    private @Nullable OpenEndpoint open;
    private boolean closed;

    /**
     * Takes its collaborators.
     *
     * @param runs what is called
     * @param settings limits
     * @param background looks after what calls wait for
     * @param version of this product, told to clients
     */
    public McpEndpoint(RunUseCases runs, SessionSettings settings, BackgroundTasks background, String version) {
        this.runs = Objects.requireNonNull(runs);
        this.settings = Objects.requireNonNull(settings);
        this.background = Objects.requireNonNull(background);
        this.version = Objects.requireNonNull(version);
    }

    /**
     * Answers a request.
     *
     * @param request what came
     * @return the answer
     */
    public Answer answer(Incoming request) {
        return open().answer(request);
    }

    /** Lets go of everybody; runs go on. */
    @Override
    public synchronized void close() {
        closed = true;
        if (open != null) {
            open.close();
        }
    }

    private synchronized OpenEndpoint open() {
        OpenEndpoint present = open;
        if (present == null) {
            present = new OpenEndpoint(runs, settings, background, version);
            open = present;
            if (closed) {
                present.close();
            }
        }
        return present;
    }
}
