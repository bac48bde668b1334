package skillrunner.mcp.tool;

import io.modelcontextprotocol.server.McpAsyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skillrunner.domain.run.RequestId;

/** A caller on the other side of the protocol. */
final class ExchangeCaller implements Caller {
    private static final Logger LOG = LoggerFactory.getLogger(ExchangeCaller.class);

    private final McpAsyncServerExchange exchange;
    private final @Nullable Object progressToken;
    private final AtomicInteger progress = new AtomicInteger();

    ExchangeCaller(McpAsyncServerExchange exchange, @Nullable Object progressToken) {
        this.exchange = exchange;
        this.progressToken = progressToken;
    }

    @Override
    public boolean canBeAsked() {
        McpSchema.ClientCapabilities capabilities = exchange.getClientCapabilities();
        if (capabilities == null || capabilities.elicitation() == null) {
            return false;
        }
        // Whoever names no kind shows forms; earlier versions of the protocol had nothing else.
        return capabilities.elicitation().form() != null
                || capabilities.elicitation().url() == null;
    }

    @Override
    public boolean wantsProgress() {
        return progressToken != null;
    }

    @Override
    public void progress(RequestId request, String message) {
        if (progressToken == null) {
            return;
        }
        McpSchema.ProgressNotification news = new McpSchema.ProgressNotification(
                progressToken,
                (double) progress.incrementAndGet(),
                null,
                message,
                Map.of(CallMeta.REQUEST, request.value()));
        exchange.progressNotification(news)
                .subscribe(nothing -> {}, failure -> LOG.debug("progress was not told", failure));
    }

    @Override
    public CompletableFuture<Optional<Map<String, @Nullable Object>>> ask(QuestionForm form) {
        CompletableFuture<Optional<Map<String, @Nullable Object>>> answer = new CompletableFuture<>();
        exchange.createElicitation(McpSchema.ElicitFormRequest.builder(form.message(), form.schema())
                        .build())
                .subscribe(
                        result -> answer.complete(
                                result.action() == McpSchema.ElicitResult.Action.ACCEPT && result.content() != null
                                        ? Optional.of(result.content())
                                        : Optional.empty()),
                        answer::completeExceptionally,
                        () -> answer.complete(Optional.empty()));
        return answer;
    }
}
