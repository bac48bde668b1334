package skillrunner.client;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import skillrunner.client.api.EnginesApi;
import skillrunner.client.api.JobsApi;
import skillrunner.client.api.ManagementOfRunsApi;
import skillrunner.client.api.ManagementOfSkillsApi;
import skillrunner.client.api.ModelsApi;
import skillrunner.client.api.OperationsApi;
import skillrunner.client.api.SignInsApi;
import skillrunner.client.api.SkillPackagesApi;
import skillrunner.client.api.SkillsApi;
import skillrunner.client.api.TemporaryRunsApi;
import skillrunner.client.api.UpgradesApi;
import skillrunner.client.model.Install;
import skillrunner.client.model.JobRequest;
import skillrunner.client.model.TempRunRequest;

/**
 * A client of one server. Thread-safe; make one and keep it.
 *
 * <p>The groups of operations are the server's OpenAPI document word for word. Beside them: {@link #submit} and {@link #install}, which
 * take files and survive a lost answer, {@link #follow}, which survives cuts and restarts, and {@link #call} and {@link #open}, which hand
 * over answers as they are.
 */
public final class SkillRunnerClient implements AutoCloseable {
    /** What a server says while it starts, and a proxy in front of it. */
    private static final Set<Integer> NOT_READY = Set.of(502, 503, 504);

    private final URI server;
    private final Transport transport;
    private final HttpThreads threads = new HttpThreads();
    private final Submissions submissions;
    private final Duration retryFor;

    SkillRunnerClient(ClientBuilder builder) {
        this.server = builder.server;
        this.retryFor = builder.retryFor;
        HttpClient.Builder http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(builder.connectTimeout);
        if (server.getScheme().equalsIgnoreCase("http")) {
            http.sslContext(new WithoutTls());
        }
        this.transport = new Transport(
                threads.build(http),
                server,
                Optional.ofNullable(builder.credentials),
                builder.timeout,
                builder.answerLimit);
        this.submissions = new Submissions(transport, retryFor);
    }

    /**
     * Begins a client.
     *
     * @param server the address: http or https, a host, perhaps a port and a path below which everything lies
     * @return what makes it
     * @throws IllegalArgumentException if it is no such address, or has a password in it
     */
    public static ClientBuilder of(URI server) {
        return new ClientBuilder(server);
    }

    /**
     * Returns the address of the server.
     *
     * @return as it was given
     */
    public URI server() {
        return server;
    }

    /**
     * Skills that can be run.
     *
     * @return the operations
     */
    public SkillsApi skills() {
        return new SkillsApi(transport);
    }

    /**
     * Installing skills; {@link #install} does all of it.
     *
     * @return the operations
     */
    public SkillPackagesApi skillPackages() {
        return new SkillPackagesApi(transport);
    }

    /**
     * Everything that lies among the skills.
     *
     * @return the operations
     */
    public ManagementOfSkillsApi managementOfSkills() {
        return new ManagementOfSkillsApi(transport);
    }

    /**
     * Runs of installed skills.
     *
     * @return the operations
     */
    public JobsApi jobs() {
        return new JobsApi(transport);
    }

    /**
     * Runs of skills that come with the request.
     *
     * @return the operations
     */
    public TemporaryRunsApi temporaryRuns() {
        return new TemporaryRunsApi(transport);
    }

    /**
     * Runs of all kinds.
     *
     * @return the operations
     */
    public ManagementOfRunsApi managementOfRuns() {
        return new ManagementOfRunsApi(transport);
    }

    /**
     * The command lines that run skills.
     *
     * @return the operations
     */
    public EnginesApi engines() {
        return new EnginesApi(transport);
    }

    /**
     * What engines can be asked to use.
     *
     * @return the operations
     */
    public ModelsApi models() {
        return new ModelsApi(transport);
    }

    /**
     * Versions of engines.
     *
     * @return the operations
     */
    public UpgradesApi upgrades() {
        return new UpgradesApi(transport);
    }

    /**
     * Signing engines in and out.
     *
     * @return the operations
     */
    public SignInsApi signIns() {
        return new SignInsApi(transport);
    }

    /**
     * Signs of life and figures.
     *
     * @return the operations
     */
    public OperationsApi operations() {
        return new OperationsApi(transport);
    }

    /**
     * Asks for a job and sends its files. An answer that gets lost is asked for again, for as long as the builder says; the job is made once
     * all the same.
     *
     * @param job what is asked for
     * @param files the file of each input that is one; with any, the job waits for them
     * @return what was accepted
     * @throws IOException if the server refuses, does not answer, or a file can't be read
     * @throws InterruptedException if the thread is interrupted
     */
    public Submission submit(JobRequest job, Map<String, Path> files) throws IOException, InterruptedException {
        return submissions.job(job, files);
    }

    /**
     * Asks for a run of a skill that lies here, and sends it. As {@link #submit} for the rest.
     *
     * @param run what is asked for
     * @param skill its folder, or a zip of it
     * @param files the file of each input that is one
     * @return what was accepted
     * @throws IOException if the server refuses, does not answer, or a file can't be read
     * @throws InterruptedException if the thread is interrupted
     */
    public Submission submitTemporary(TempRunRequest run, Path skill, Map<String, Path> files)
            throws IOException, InterruptedException {
        return submissions.temporary(run, skill, files);
    }

    /**
     * Sends a skill package and waits until it is installed or has failed.
     *
     * @param skill its folder, or a zip of it
     * @param adopt whether a package is made of a plain skill
     * @return how the installation ended
     * @throws IOException if the server refuses, does not answer, or the file can't be read
     * @throws InterruptedException if the thread is interrupted
     */
    public Install install(Path skill, boolean adopt) throws IOException, InterruptedException {
        return submissions.install(skill, adopt);
    }

    /**
     * Follows a run of any kind.
     *
     * @param requestId what the request was accepted under
     * @return what follows it
     */
    public RunFollower follow(String requestId) {
        return new RunFollower(transport, requestId);
    }

    /**
     * Asks the server what it is.
     *
     * @return its title and version
     * @throws IOException if there is no answer, or it is none of a Skill Runner
     * @throws InterruptedException if the thread is interrupted
     */
    public ServerInfo info() throws IOException, InterruptedException {
        try (Download document = transport.open(Call.of("GET", "/openapi.yaml"))) {
            byte[] head = document.body().readNBytes(ServerInfo.HEAD_OF_DOCUMENT);
            return ServerInfo.read(new String(head, StandardCharsets.UTF_8))
                    .orElseThrow(() ->
                            new UnexpectedAnswerException(document.status(), server + " does not say what it is"));
        }
    }

    /**
     * Asks for what is at a path and hands over what is answered. While no answer comes, or one that says that the server is not ready, it is
     * asked again, for as long as the builder says.
     *
     * @param path the path with its parameters, escaped; it begins with a slash
     * @return the answer
     * @throws IOException if there is none, it is endless, or the server stayed away
     * @throws InterruptedException if the thread is interrupted
     */
    public Answer ask(String path) throws IOException, InterruptedException {
        Call call = Call.of("GET", path);
        return Patience.within(retryFor, () -> {
            Answer answer = transport.text(call);
            if (NOT_READY.contains(answer.status())) {
                throw transport.refusal(call, answer);
            }
            return answer;
        });
    }

    /**
     * Makes a call and hands over what is answered, whatever it is.
     *
     * @param method the method
     * @param path the path with its parameters, escaped; it begins with a slash
     * @param json what is sent; null for nothing
     * @return the answer
     * @throws IOException if there is none, or it is endless
     * @throws InterruptedException if the thread is interrupted
     */
    public Answer call(String method, String path, @Nullable String json) throws IOException, InterruptedException {
        return json == null ? transport.text(Call.of(method, path)) : call(method, path, "application/json", json);
    }

    /**
     * Makes a call with a body of any kind of text and hands over what is answered, whatever it is.
     *
     * @param method the method
     * @param path the path with its parameters, escaped; it begins with a slash
     * @param contentType what the body is
     * @param body the body
     * @return the answer
     * @throws IOException if there is none, or it is endless
     * @throws InterruptedException if the thread is interrupted
     */
    public Answer call(String method, String path, String contentType, String body)
            throws IOException, InterruptedException {
        return transport.text(Call.of(method, path).json(new Transport.RawBody(contentType, body)));
    }

    /**
     * Sends files and hands over what is answered, whatever it is.
     *
     * @param path the path with its parameters, escaped; it begins with a slash
     * @param parts name of the part to what is sent
     * @return the answer
     * @throws IOException if there is none, or it is endless
     * @throws InterruptedException if the thread is interrupted
     */
    public Answer upload(String path, Map<String, Upload> parts) throws IOException, InterruptedException {
        Call call = Call.of("POST", path);
        parts.forEach(call::part);
        return transport.text(call);
    }

    /**
     * Asks for something whose bytes arrive one after another, and hands it over whatever its status is.
     *
     * @param path the path with its parameters, escaped; it begins with a slash
     * @param headers what is sent with it
     * @return the answer, to be closed
     * @throws IOException if there is none
     * @throws InterruptedException if the thread is interrupted
     */
    public Download open(String path, Map<String, String> headers) throws IOException, InterruptedException {
        Call call = Call.of("GET", path);
        headers.forEach(call::header);
        return transport.send(call);
    }

    /**
     * Makes a call and hands over what is answered as it arrives, whatever its status is; for whoever wants to hold no more of an answer
     * than they choose.
     *
     * @param call the call
     * @return the answer, to be closed
     * @throws IOException if there is none
     * @throws InterruptedException if the thread is interrupted
     */
    public Download open(Call call) throws IOException, InterruptedException {
        return transport.send(call);
    }

    /**
     * Fetches bytes.
     *
     * @param path the path with its parameters, escaped; it begins with a slash
     * @param to where they go
     * @return how many they are
     * @throws IOException if the server refuses, or the answer is cut before its end
     * @throws InterruptedException if the thread is interrupted
     */
    public long download(String path, OutputStream to) throws IOException, InterruptedException {
        try (Download download = transport.open(Call.of("GET", path))) {
            return download.body().transferTo(to);
        } catch (InterruptedIOException e) {
            throw Transport.interrupted(e);
        }
    }

    /**
     * Fetches bytes into a new file. After a cut they are fetched again, for as long as the builder says. The file is there when it is whole,
     * and not before; nothing is ever written over.
     *
     * @param path the path with its parameters, escaped; it begins with a slash
     * @param to the file
     * @return how many they are
     * @throws LocalFileException if the file is there or can't be written
     * @throws IOException if the server refuses or does not answer
     * @throws InterruptedException if the thread is interrupted
     */
    public long save(String path, Path to) throws IOException, InterruptedException {
        SavedFile file = new SavedFile(to);
        try {
            long bytes = Patience.within(retryFor, () -> {
                try (Download download = transport.open(Call.of("GET", path))) {
                    return file.write(download.body());
                }
            });
            file.whole();
            return bytes;
        } finally {
            file.discard();
        }
    }

    /**
     * Ends the connections and the threads of this client. Calls that are under way, and what is still read of their answers, end with
     * {@link ClosedClientException}, as does each call from then on.
     */
    @Override
    public void close() {
        // First: whatever the end of the threads breaks says something else.
        transport.close();
        threads.close();
    }
}
