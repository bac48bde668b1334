package skillrunner.e2eclient.backend;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import skillrunner.client.Call;
import skillrunner.client.ClientBuilder;
import skillrunner.client.Credentials;
import skillrunner.client.Download;
import skillrunner.client.SkillRunnerClient;
import skillrunner.client.Upload;
import tools.jackson.databind.JsonNode;

/**
 * Asks the server, by the client library. Each answer is bounded in size and time, and none is believed to be what it should be. Safe
 * for concurrent use.
 */
public final class Backend implements AutoCloseable {
    private static final String ACCEPT = "Accept";
    private static final String JSON = "application/json";
    private static final String GET = "GET";
    private static final String POST = "POST";
    private static final int PIECE_BYTES = 16 * 1024;

    private final BackendLimits limits;
    private final SkillRunnerClient answers;

    /** What is sent has to be stored and unpacked before it is answered. */
    private final SkillRunnerClient uploads;

    /** May be silent for longer. */
    private final SkillRunnerClient streams;

    /**
     * Takes what is asked, without asking it.
     *
     * @param base address of its root, without a slash at the end
     * @param credentials who we are, if it wants to know
     * @param limits what answers may take
     */
    public Backend(URI base, Optional<Credentials> credentials, BackendLimits limits) {
        this.limits = Objects.requireNonNull(limits);
        ClientBuilder client =
                SkillRunnerClient.of(base).credentials(credentials.orElse(null)).connectTimeout(limits.connecting());
        this.answers = client.timeout(limits.answering()).build();
        this.uploads = client.timeout(limits.taking()).build();
        this.streams = client.timeout(limits.silence()).build();
    }

    /**
     * Returns what is asked.
     *
     * @return address of its root
     */
    public URI base() {
        return answers.server();
    }

    /**
     * Asks for a value.
     *
     * @param path encoded path and query, from the root on
     * @return the answer's JSON
     * @throws BackendException if there is none
     */
    public JsonNode get(String path) {
        return value(answers, Call.of(GET, path));
    }

    /**
     * Posts a value.
     *
     * @param path encoded path, from the root on
     * @param body what is posted
     * @param headers further headers
     * @return the answer's JSON
     * @throws BackendException if there is none
     */
    public JsonNode post(String path, JsonNode body, Map<String, String> headers) {
        Call call = Call.of(POST, path).json(body);
        headers.forEach(call::header);
        return value(answers, call);
    }

    /**
     * Uploads a zip as the part {@code file} of a form.
     *
     * @param path encoded path, from the root on
     * @param zip the file, read while it is sent
     * @return the answer's JSON
     * @throws BackendException if there is none
     */
    public JsonNode upload(String path, Path zip) {
        return value(uploads, Call.of(POST, path).part("file", Upload.of(zip)));
    }

    /**
     * Asks for something whose bytes arrive one after another.
     *
     * @param path encoded path and query, from the root on
     * @param headers further headers
     * @return the answer, to be closed by the caller
     * @throws BackendException if it is refused
     */
    public BackendStream open(String path, Map<String, String> headers) {
        try {
            Download answer = streams.open(path, headers);
            if (Answers.isSuccess(answer.status())) {
                return new BackendStream(answer);
            }
            try (answer) {
                throw Answers.refusal(answer.status(), whole(answer));
            }
        } catch (IOException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            throw stopping();
        }
    }

    private JsonNode value(SkillRunnerClient client, Call call) {
        try (Download answer = client.open(call.header(ACCEPT, JSON))) {
            return Answers.value(answer.status(), whole(answer));
        } catch (IOException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            throw stopping();
        }
    }

    /** A byte now and then is no silence, but no answer either. */
    private byte[] whole(Download answer) throws IOException {
        long begun = System.nanoTime();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        InputStream body = answer.body();
        byte[] piece = new byte[PIECE_BYTES];
        for (int count = body.read(piece); count >= 0; count = body.read(piece)) {
            bytes.write(piece, 0, count);
            if (bytes.size() > limits.bytes()) {
                throw BackendException.unusable("The server's answer is larger than " + limits.bytes() + " bytes");
            }
            if (System.nanoTime() - begun > limits.answering().toNanos()) {
                throw BackendException.unreachable("The server did not finish its answer within "
                        + limits.answering().toSeconds() + " seconds");
            }
        }
        return bytes.toByteArray();
    }

    static BackendException unreachable(IOException e) {
        return BackendException.unreachable("The server can't be reached: "
                + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()));
    }

    /** Ends the connections; what is asked afterwards is not answered. */
    @Override
    public void close() {
        answers.close();
        uploads.close();
        streams.close();
    }

    private static BackendException stopping() {
        Thread.currentThread().interrupt();
        return BackendException.unreachable("The example client is stopping");
    }
}
