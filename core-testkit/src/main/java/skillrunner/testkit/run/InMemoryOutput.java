package skillrunner.testkit.run;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import skillrunner.application.run.output.RunOutput;
import skillrunner.application.run.process.AttemptFiles;
import skillrunner.application.storage.StoredBytes;
import skillrunner.domain.output.OutputPosition;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.StreamReceipt;

/** The raw output of runs in byte arrays. Safe for concurrent use. */
public final class InMemoryOutput implements RunOutput {
    private final Map<String, byte[]> files = new HashMap<>();
    private final Map<RunId, TreeMap<Integer, AttemptFiles>> attempts = new HashMap<>();
    private final Map<RunId, String> prompts = new HashMap<>();
    private final Map<RunId, TreeMap<Integer, OutputPosition>> ends = new HashMap<>();
    private final Map<String, Integer> safe = new TreeMap<>();
    private Runnable beforeRead = () -> {};

    /**
     * Loses what power cuts take: of each file, any part of what no receipt has made safe.
     *
     * @param kept tells how many bytes are kept of so many that may be lost
     */
    public synchronized void losePower(IntUnaryOperator kept) {
        // In an order of its own, so that the same story is told again.
        for (Map.Entry<String, byte[]> file : new TreeMap<>(files).entrySet()) {
            byte[] bytes = file.getValue();
            int least = safe.getOrDefault(file.getKey(), 0);
            files.put(file.getKey(), Arrays.copyOf(bytes, least + kept.applyAsInt(bytes.length - least)));
        }
    }

    /**
     * Opens an attempt; what it has written already stays.
     *
     * @param run the run
     * @param number the attempt
     * @param prompt what the engine is told
     */
    public synchronized void open(RunId run, int number, String prompt) {
        AttemptFiles paths = InMemoryWorkspaces.filesOf(run, number);
        attempts.computeIfAbsent(run, id -> new TreeMap<>()).put(number, paths);
        files.putIfAbsent(paths.stdout(), new byte[0]);
        files.putIfAbsent(paths.stderr(), new byte[0]);
        prompts.put(run, prompt);
    }

    /**
     * Ends an attempt whose process goes on; the first end stays.
     *
     * @param run the run
     * @param number the attempt
     * @param end from its beginning on
     */
    public synchronized void end(RunId run, int number, OutputPosition end) {
        ends.computeIfAbsent(run, id -> new TreeMap<>())
                .putIfAbsent(
                        number,
                        new OutputPosition(
                                from(run, number, OutputStreamKind.STDOUT) + end.stdout(),
                                from(run, number, OutputStreamKind.STDERR) + end.stderr()));
    }

    /**
     * Opens an attempt that goes on with the process of the one before.
     *
     * @param run the run
     * @param number the attempt
     * @param prompt what the engine is told
     */
    public synchronized void goOn(RunId run, int number, String prompt) {
        TreeMap<Integer, AttemptFiles> known = attempts.computeIfAbsent(run, id -> new TreeMap<>());
        known.put(number, Objects.requireNonNull(known.get(number - 1)));
        prompts.put(run, prompt);
    }

    /** Where an attempt begins in the file of its process. */
    private long from(RunId run, int number, OutputStreamKind stream) {
        return Optional.ofNullable(ends.getOrDefault(run, new TreeMap<>()).get(number - 1))
                .map(end -> end.of(stream))
                .orElse(0L);
    }

    /**
     * Appends to a file, as a process would.
     *
     * @param path the file's path
     * @param bytes the bytes
     */
    public synchronized void append(String path, byte[] bytes) {
        byte[] present = files.getOrDefault(path, new byte[0]);
        byte[] all = Arrays.copyOf(present, present.length + bytes.length);
        System.arraycopy(bytes, 0, all, present.length, bytes.length);
        files.put(path, all);
    }

    /** Appends to a stream of the newest attempt. */
    public synchronized void append(RunId run, OutputStreamKind stream, byte[] bytes) {
        append(path(newest(run).orElseThrow(), stream), bytes);
    }

    @Override
    public synchronized long size(RunId run, OutputStreamKind stream) {
        return start(run, stream, Integer.MAX_VALUE);
    }

    @Override
    public synchronized long start(RunId run, OutputStreamKind stream, int attempt) {
        return attemptsOf(run).headMap(attempt, false).keySet().stream()
                .mapToLong(number -> bytes(run, number, stream).length)
                .sum();
    }

    /**
     * Has something done before each read.
     *
     * @param before may throw what reading should throw
     */
    public synchronized void onRead(Runnable before) {
        beforeRead = before;
    }

    @Override
    public synchronized Piece read(RunId run, OutputStreamKind stream, long from, int max) {
        beforeRead.run();
        NavigableMap<Integer, AttemptFiles> known = attemptsOf(run);
        long start = 0;
        for (Map.Entry<Integer, AttemptFiles> attempt : known.entrySet()) {
            byte[] bytes = bytes(run, attempt.getKey(), stream);
            boolean last = attempt.getKey().equals(known.lastKey());
            if (from < start + bytes.length || last) {
                int at = (int) Math.min(Math.max(0, from - start), bytes.length);
                return new Piece(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + max)), !last);
            }
            start += bytes.length;
        }
        return new Piece(new byte[0], false);
    }

    @Override
    public synchronized StreamReceipt receipt(RunId run, OutputStreamKind stream) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Map.Entry<Integer, AttemptFiles> attempt : attemptsOf(run).entrySet()) {
                byte[] bytes = bytes(run, attempt.getKey(), stream);
                digest.update(bytes);
                safe.put(path(attempt.getValue(), stream), (int) from(run, attempt.getKey(), stream) + bytes.length);
            }
            return new StreamReceipt(size(run, stream), HexFormat.of().formatHex(digest.digest()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public synchronized Optional<StoredBytes> prompt(RunId run) {
        return Optional.ofNullable(prompts.get(run)).map(text -> stored(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public synchronized int attempts(RunId run) {
        return attemptsOf(run).size();
    }

    @Override
    public synchronized Optional<StoredBytes> attempt(RunId run, OutputStreamKind stream, int attempt) {
        return Optional.ofNullable(attemptsOf(run).get(attempt)).map(paths -> stored(bytes(run, attempt, stream)));
    }

    private static StoredBytes stored(byte[] bytes) {
        return new StoredBytes(
                bytes.length, (from, length) -> new ByteArrayInputStream(bytes, (int) from, (int) length));
    }

    @Override
    public synchronized Optional<Tail> tail(RunId run, OutputStreamKind stream, int maxBytes) {
        return newest(run).map(newest -> {
            byte[] bytes = bytes(run, attemptsOf(run).lastKey(), stream);
            int from = Math.max(0, bytes.length - maxBytes);
            return new Tail(new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8), from > 0);
        });
    }

    private Optional<AttemptFiles> newest(RunId run) {
        return Optional.ofNullable(attemptsOf(run).lastEntry()).map(Map.Entry::getValue);
    }

    private NavigableMap<Integer, AttemptFiles> attemptsOf(RunId run) {
        return attempts.getOrDefault(run, new TreeMap<>());
    }

    private byte[] bytes(RunId run, int number, OutputStreamKind stream) {
        byte[] file =
                files.getOrDefault(path(Objects.requireNonNull(attemptsOf(run).get(number)), stream), new byte[0]);
        long end = Optional.ofNullable(ends.getOrDefault(run, new TreeMap<>()).get(number))
                .map(known -> known.of(stream))
                .orElse((long) file.length);
        // A power cut may have taken what lies before the end.
        int to = (int) Math.min(end, file.length);
        return Arrays.copyOfRange(file, (int) Math.min(from(run, number, stream), to), to);
    }

    private static String path(AttemptFiles paths, OutputStreamKind stream) {
        return stream == OutputStreamKind.STDOUT ? paths.stdout() : paths.stderr();
    }
}
