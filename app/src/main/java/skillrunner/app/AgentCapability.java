package skillrunner.app;

import io.javalin.config.RoutesConfig;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import skillrunner.embedding.Capabilities;
import skillrunner.http.agent.AgentDoor;
import skillrunner.http.agent.AgentRoutes;
import skillrunner.http.run.StreamConnections;
import skillrunner.mcp.McpEndpoint;
import skillrunner.mcp.session.Answer;
import skillrunner.mcp.session.Incoming;
import skillrunner.mcp.session.MessageFeed;
import skillrunner.mcp.session.SessionSettings;
import skillrunner.mcp.tool.RunUseCases;

/** Everything of a server that has to do with other agents, which call skills as tools. */
final class AgentCapability implements AutoCloseable {
    private static final int MOST_SESSIONS = 256;
    private static final Duration PATIENCE = Duration.ofMinutes(30);

    /** What nobody has read yet may fill one part of so many of the memory. */
    private static final int SHARE_OF_UNREAD = 16;

    private final McpEndpoint endpoint;

    AgentCapability(Capabilities runner) {
        var runs = runner.runs().useCases();
        this.endpoint = new McpEndpoint(
                new RunUseCases(
                        runner.skills().store(),
                        runner.engines().engines(),
                        runs.create(),
                        runs.upload(),
                        runs.find(),
                        runs.list(),
                        runs.events(),
                        runs.pending(),
                        runs.answer(),
                        runs.cancel(),
                        runs.result(),
                        runs.artifacts()),
                new SessionSettings(
                        MOST_SESSIONS, PATIENCE, Runtime.getRuntime().maxMemory() / SHARE_OF_UNREAD),
                runner.basics().threads(),
                Version.number());
    }

    /** The routes. */
    Consumer<RoutesConfig> routes(StreamConnections streams) {
        return new AgentRoutes(this::answer, streams)::register;
    }

    @Override
    public void close() {
        endpoint.close();
    }

    private AgentDoor.Reply answer(String method, Function<String, Optional<String>> header, byte[] body) {
        Answer answer = endpoint.answer(new Incoming(method, header, body));
        if (answer instanceof Answer.Whole whole) {
            return new AgentDoor.Whole(whole.status(), whole.headers(), whole.json());
        }
        Function<Runnable, MessageFeed> opening = ((Answer.Streamed) answer).opening();
        return new AgentDoor.Streamed(wakeUp -> new Fed(opening.apply(wakeUp)));
    }

    private record Fed(MessageFeed feed) implements AgentDoor.Events {
        @Override
        public Optional<byte[]> next() {
            return feed.next();
        }

        @Override
        public boolean finished() {
            return feed.finished();
        }

        @Override
        public void close() {
            feed.close();
        }
    }
}
