package skillrunner.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Output as codex writes it: mostly what its commands printed, some thoughts, now and then a message. */
final class CodexLines {
    private static final int BLOCK_BYTES = 4 * 1024 * 1024;
    private static final List<Integer> OUTPUT_BYTES = List.of(120, 600, 2_500, 9_000);

    private CodexLines() {}

    /** Returns whole lines, about 4 MiB of them. */
    static byte[] block() {
        ByteArrayOutputStream block = new ByteArrayOutputStream(BLOCK_BYTES + 64 * 1024);
        for (int i = 0; block.size() < BLOCK_BYTES; i++) {
            String output = "line of output, with \\\"quotes\\\" and ends\\n".repeat(OUTPUT_BYTES.get(i % 4) / 40);
            write(block, "item.started", "command_execution\",\"command\":\"make check\",\"aggregated_output\":\"");
            write(
                    block,
                    "item.completed",
                    "command_execution\",\"command\":\"make check\",\"aggregated_output\":\"" + output
                            + "\",\"exit_code\":0,\"status\":\"completed");
            write(block, "item.completed", "reasoning\",\"text\":\"**Looking at the next file** and what it needs");
            if (i % 8 == 0) {
                write(block, "item.completed", "agent_message\",\"text\":\"Done with part " + i + ", " + output);
            }
        }
        return block.toByteArray();
    }

    /** Writes about so many bytes of such lines into a file. */
    static void write(Path file, long bytes) throws IOException {
        byte[] block = block();
        try (OutputStream out = Files.newOutputStream(file)) {
            for (long written = 0; written < bytes; written += block.length) {
                out.write(block);
            }
        }
    }

    private static void write(ByteArrayOutputStream to, String event, String typeAndMore) {
        to.writeBytes(("{\"type\":\"" + event + "\",\"item\":{\"id\":\"item_1\",\"type\":\"" + typeAndMore + "\"}}\n")
                .getBytes(StandardCharsets.UTF_8));
    }
}
