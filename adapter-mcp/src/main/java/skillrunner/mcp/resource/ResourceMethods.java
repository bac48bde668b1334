package skillrunner.mcp.resource;

import io.modelcontextprotocol.server.McpRequestHandler;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import skillrunner.application.run.FindRun;
import skillrunner.application.run.result.ReadRunResult;
import skillrunner.application.run.result.RunArtifacts;
import skillrunner.application.storage.StoredBytes;
import skillrunner.domain.problem.RefusedException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is asked of resources: {@code resources/list}, {@code resources/templates/list} and {@code resources/read}. Runs and their files are too
 * many to be listed; whoever called a tool is told their addresses. Safe for concurrent use.
 */
public final class ResourceMethods {
    /** Longer files are fetched over HTTP, piece by piece. */
    static final int MOST_BYTES = 4 * 1024 * 1024;

    private static final int NOT_FOUND = -32_002;

    private final FindRun find;
    private final ReadRunResult results;
    private final Artifacts artifacts;
    private final ResultFile resultFile;

    /**
     * Takes its collaborators.
     *
     * @param find finds runs
     * @param results reads what they came to
     * @param artifacts opens their files
     * @param json reads results
     */
    public ResourceMethods(FindRun find, ReadRunResult results, RunArtifacts artifacts, JsonMapper json) {
        this.find = Objects.requireNonNull(find);
        this.results = Objects.requireNonNull(results);
        this.artifacts = new Artifacts(find, artifacts);
        this.resultFile = new ResultFile(json);
    }

    /**
     * Returns what answers the methods.
     *
     * @return by method
     */
    public Map<String, McpRequestHandler<?>> handlers() {
        McpRequestHandler<McpSchema.ListResourcesResult> list = (exchange, params) ->
                Mono.just(McpSchema.ListResourcesResult.builder(List.of()).build());
        McpRequestHandler<McpSchema.ListResourceTemplatesResult> templates = (exchange, params) -> Mono.just(
                McpSchema.ListResourceTemplatesResult.builder(templates()).build());
        McpRequestHandler<McpSchema.ReadResourceResult> read =
                (exchange, params) -> Mono.fromCallable(() -> read(params));
        return Map.of(
                McpSchema.METHOD_RESOURCES_LIST,
                list,
                McpSchema.METHOD_RESOURCES_TEMPLATES_LIST,
                templates,
                McpSchema.METHOD_RESOURCES_READ,
                read);
    }

    private static List<McpSchema.ResourceTemplate> templates() {
        return List.of(
                McpSchema.ResourceTemplate.builder(RunAddress.ARTIFACT_TEMPLATE, "artifact")
                        .description("A file that a run left")
                        .build(),
                McpSchema.ResourceTemplate.builder(RunAddress.RESULT_TEMPLATE, "result")
                        .description("What a run came to")
                        .mimeType("application/json")
                        .build());
    }

    private McpSchema.ReadResourceResult read(@Nullable Object params) throws IOException {
        if (!(params instanceof Map<?, ?> object) || !(object.get("uri") instanceof String uri)) {
            throw error(McpSchema.ErrorCodes.INVALID_PARAMS, "A resource is read by its uri");
        }
        RunAddress address = RunAddress.parse(uri).orElseThrow(() -> error(NOT_FOUND, "There is no such resource"));
        try {
            return McpSchema.ReadResourceResult.builder(
                            List.of(address.artifact().isPresent() ? artifact(uri, address) : result(uri, address)))
                    .build();
        } catch (RefusedException e) {
            throw error(NOT_FOUND, e.refusal().code() + ": " + e.refusal().detail());
        }
    }

    private McpSchema.ResourceContents artifact(String uri, RunAddress address) throws IOException {
        RunArtifacts.Artifact artifact = artifacts.open(address);
        refuseLong(
                artifact.size(),
                "/v1/jobs/" + address.request() + "/" + address.artifact().orElseThrow());
        byte[] bytes;
        try (InputStream content = artifact.content().open()) {
            bytes = content.readNBytes(MOST_BYTES);
        }
        String type = MediaTypes.of(artifact.name());
        Optional<String> text = text(bytes);
        return text.isPresent()
                ? text(uri, type.equals(MediaTypes.BYTES) ? MediaTypes.TEXT : type, text.get())
                : McpSchema.BlobResourceContents.builder(
                                uri, Base64.getEncoder().encodeToString(bytes))
                        .mimeType(type)
                        .build();
    }

    private McpSchema.ResourceContents result(String uri, RunAddress address) throws IOException {
        StoredBytes file = results.read(find.find(address.request()).run(), resultFile::says);
        refuseLong(file.size(), "/v1/jobs/" + address.request() + "/result");
        try (InputStream content = file.open(0)) {
            String text = new String(content.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
            return text(uri, "application/json", text);
        }
    }

    private static McpSchema.ResourceContents text(String uri, String type, String text) {
        return McpSchema.TextResourceContents.builder(uri, text).mimeType(type).build();
    }

    private static void refuseLong(long size, String path) {
        if (size > MOST_BYTES) {
            throw error(
                    McpSchema.ErrorCodes.INVALID_PARAMS,
                    "The file has " + size + " bytes, which is too long for a message; fetch it by GET " + path);
        }
    }

    private static Optional<String> text(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.indexOf(0) < 0 ? Optional.of(text) : Optional.empty();
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static McpError error(int code, String sentence) {
        return McpError.builder(code).message(sentence).build();
    }
}
