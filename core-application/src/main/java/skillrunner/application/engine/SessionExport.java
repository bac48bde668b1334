package skillrunner.application.engine;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import skillrunner.domain.output.EngineEvent;

/** How a CLI is asked what was said in a conversation. Pure and safe for concurrent use. */
public interface SessionExport {
    /**
     * Returns the arguments after the program.
     *
     * @param session names the conversation, as the engine did; never an option
     * @return the arguments
     */
    List<String> arguments(String session);

    /**
     * Reads the answer. Never throws for what a CLI may write.
     *
     * @param stdout what the CLI wrote
     * @param session the conversation that was asked for; what is told of another does not count
     * @param since what the engine began to say before this moment belongs to an earlier turn
     * @param events takes what the engine said, as if it had told it while it worked; none of it has a place in the output
     */
    void read(String stdout, String session, Instant since, Consumer<? super EngineEvent> events);
}
