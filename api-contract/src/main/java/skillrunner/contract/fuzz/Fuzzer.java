package skillrunner.contract.fuzz;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import skillrunner.contract.AnswerCheck;
import skillrunner.contract.ApiDocument;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks a server on loopback. Requests follow from the document: parameters and bodies as their schemas say, a little wrong, and
 * hostile; ids of what was made come from earlier answers. To be set up and run by one thread, once.
 */
public final class Fuzzer {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration OF_A_STREAM = Duration.ofMillis(150);
    private static final int CONNECTIONS = 4;
    private static final int MOST_FINDINGS = 40;
    private static final int SELDOM = 10;

    private final ApiDocument document;
    private final InetSocketAddress server;
    private final long seed;
    private final KnownValues known = new KnownValues();
    private final FuzzBodies bodies;
    private final Map<String, Integer> share = new HashMap<>();
    private final List<ApiDocument.Operation> further = new ArrayList<>();
    private final Judge judge;

    private final AtomicLong sent = new AtomicLong();
    private final Map<Integer, Long> statuses = new ConcurrentHashMap<>();
    private final Set<String> reached = ConcurrentHashMap.newKeySet();
    private final Map<String, String> findings = new ConcurrentHashMap<>();

    /**
     * Takes what is asked and who.
     *
     * @param document what the server promises
     * @param port the server's port on loopback
     * @param seed where what is random comes from
     */
    public Fuzzer(ApiDocument document, int port, long seed) {
        this.document = Objects.requireNonNull(document);
        this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        this.seed = seed;
        this.bodies = new FuzzBodies(document, known);
        this.judge = new Judge(new AnswerCheck(document), Set.of(503));
    }

    /**
     * Says what a parameter, or a member of a body, is often given. Such a name takes nothing from answers any more.
     *
     * @param name its name
     * @param values as texts; one that is JSON is given as such in a body
     * @return this
     */
    public Fuzzer values(String name, String... values) {
        known.give(name, List.of(values));
        return this;
    }

    /**
     * Says which files a part of a form is often given.
     *
     * @param part its name
     * @param contents their bytes
     * @return this
     */
    public Fuzzer files(String part, byte[]... contents) {
        bodies.give(part, List.of(contents));
        return this;
    }

    /**
     * Asks for something less often than for everything else.
     *
     * @param operationIds what
     * @return this
     */
    public Fuzzer seldom(String... operationIds) {
        List.of(operationIds).forEach(id -> share.put(id, 1));
        return this;
    }

    /**
     * Asks for addresses as well of which the document says nothing. Nothing may fail there either.
     *
     * @param paths with parameters in braces
     * @return this
     */
    public Fuzzer pages(String... paths) {
        List.of(paths)
                .forEach(path -> further.add(
                        new ApiDocument.Operation("GET", path, document.root().path(""))));
        return this;
    }

    /**
     * Asks until enough was asked, or for so long.
     *
     * @param requests how many requests are enough
     * @param limit the longest time
     * @return what came of it
     * @throws InterruptedException if this thread is interrupted
     * @throws IllegalStateException if a request can't be made or an answer can't be judged, so that less was asked
     */
    public FuzzReport run(long requests, Duration limit) throws InterruptedException {
        List<ApiDocument.Operation> all = new ArrayList<>();
        List<ApiDocument.Operation> asked = new ArrayList<>(document.operations());
        asked.addAll(further);
        for (ApiDocument.Operation operation : asked) {
            int times = share.getOrDefault(operation.node().path("operationId").asString(""), SELDOM);
            for (int i = 0; i < times; i++) {
                all.add(operation);
            }
        }
        FuzzRequests source = new FuzzRequests(document, known, bodies, all);
        long end = System.nanoTime() + limit.toNanos();
        List<Throwable> faults = new CopyOnWriteArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            Thread thread = new Thread(() -> ask(source, requests, end), "fuzz-" + i);
            thread.setUncaughtExceptionHandler((dead, fault) -> faults.add(fault));
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        if (!faults.isEmpty()) {
            // Otherwise nothing would be found, because nothing was asked.
            throw new IllegalStateException("the fuzzer itself has failed", faults.get(0));
        }
        int described = document.operations().stream()
                .mapToInt(operation -> operation.node().path("responses").size())
                .sum();
        return new FuzzReport(
                seed,
                Math.min(sent.get(), requests),
                statuses,
                reached.size(),
                described,
                List.copyOf(findings.values()));
    }

    private void ask(FuzzRequests source, long requests, long end) {
        for (long number = sent.getAndIncrement();
                number < requests && System.nanoTime() < end && findings.size() < MOST_FINDINGS;
                number = sent.getAndIncrement()) {
            FuzzRequest request = source.next(new Chance(seed + number));
            try {
                take(number, request, RawAnswer.ask(server, request.bytes(), PATIENCE, OF_A_STREAM));
            } catch (SocketTimeoutException e) {
                note(number, request, "no answer within " + PATIENCE);
            } catch (IOException e) {
                note(number, request, "the server is away: " + e);
            }
        }
    }

    private void take(long number, FuzzRequest request, RawAnswer answer) {
        statuses.merge(answer.status(), 1L, Long::sum);
        document.find(request.method(), request.path())
                .ifPresent(operation -> reached.add(operation + " " + answer.status()));
        judge.finding(request, answer).ifPresent(finding -> note(number, request, finding));
        boolean json = answer.headers().getOrDefault("content-type", "").startsWith("application/json");
        if (json && answer.whole()) {
            try {
                known.learn(JSON.readTree(new String(answer.body(), StandardCharsets.UTF_8)));
            } catch (JacksonException e) {
                note(number, request, "the answer is no JSON: " + e.getOriginalMessage());
            }
        }
    }

    /** One of each kind: an operation, a status and how it begins. */
    private void note(long number, FuzzRequest request, String finding) {
        String operation = document.find(request.method(), request.path())
                .map(ApiDocument.Operation::toString)
                .orElse(request.method());
        String kind = operation + finding.replace(request.path(), "").replaceAll("[0-9a-f-]{8,}|\\d+", "#");
        findings.putIfAbsent(
                kind.substring(0, Math.min(kind.length(), 200)),
                "request " + number + ": " + finding + "\n    " + request.shown());
    }
}
