package skillrunner.http;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import skillrunner.application.run.output.RunOutput;
import skillrunner.application.storage.StoredBytes;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.StreamReceipt;

/** The output of the one run of a test. */
final class MemoryOutput implements RunOutput {
    private final Map<OutputStreamKind, byte[]> bytes = new EnumMap<>(OutputStreamKind.class);

    synchronized void append(OutputStreamKind stream, String text) {
        byte[] before = of(stream);
        byte[] more = text.getBytes(StandardCharsets.UTF_8);
        byte[] all = Arrays.copyOf(before, before.length + more.length);
        System.arraycopy(more, 0, all, before.length, more.length);
        bytes.put(stream, all);
    }

    @Override
    public synchronized long size(RunId run, OutputStreamKind stream) {
        return of(stream).length;
    }

    @Override
    public long start(RunId run, OutputStreamKind stream, int attempt) {
        return 0;
    }

    @Override
    public synchronized Piece read(RunId run, OutputStreamKind stream, long from, int max) {
        byte[] all = of(stream);
        int start = (int) Math.min(from, all.length);
        return new Piece(Arrays.copyOfRange(all, start, Math.min(all.length, start + max)), false);
    }

    @Override
    public StreamReceipt receipt(RunId run, OutputStreamKind stream) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<StoredBytes> prompt(RunId run) {
        return Optional.of(stored("do it".getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public synchronized Optional<StoredBytes> newest(RunId run, OutputStreamKind stream) {
        return Optional.ofNullable(bytes.get(stream)).map(MemoryOutput::stored);
    }

    static StoredBytes stored(byte[] bytes) {
        return new StoredBytes(
                bytes.length, (from, length) -> new ByteArrayInputStream(bytes, (int) from, (int) length));
    }

    @Override
    public synchronized Optional<Tail> tail(RunId run, OutputStreamKind stream, int maxBytes) {
        return Optional.ofNullable(bytes.get(stream))
                .map(all -> new Tail(new String(all, StandardCharsets.UTF_8), false));
    }

    private byte[] of(OutputStreamKind stream) {
        return bytes.getOrDefault(stream, new byte[0]);
    }
}
