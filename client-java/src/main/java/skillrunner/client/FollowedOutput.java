package skillrunner.client;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.client.model.OutputFrame;
import skillrunner.client.model.StreamReceipt;

/**
 * One output of a run as far as it has been followed. Every byte counts once: what comes twice is dropped, and what is left out is said. It
 * keeps digests of what came since each place where a process may have begun, for a receipt is about the last process only. For one
 * thread.
 */
final class FollowedOutput {
    private final String name;
    private final Map<Long, MessageDigest> since = new LinkedHashMap<>();
    private long at;

    FollowedOutput(String name, long at) {
        this.name = name;
        this.at = at;
        processMayBegin();
    }

    long at() {
        return at;
    }

    /** What is new in a frame. */
    record New(long from, String text) {}

    /** From here on a new process may write. */
    void processMayBegin() {
        if (!since.containsKey(at)) {
            since.put(at, sha256());
        }
    }

    /**
     * Takes a frame.
     *
     * @return what was not there before; null if there is nothing
     * @throws UnexpectedAnswerException if something is missing before it, or it contradicts itself
     */
    @Nullable
    New take(OutputFrame frame) throws UnexpectedAnswerException {
        long from = frame.from();
        if (frame.to() < from) {
            throw new UnexpectedAnswerException(200, "the server sent " + name + " backwards");
        }
        if (from > at) {
            throw new UnexpectedAnswerException(
                    200, "the server left out the bytes " + at + " to " + from + " of " + name);
        }
        if (frame.to() <= at) {
            return null;
        }
        String text = frame.chunk();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        // A byte that is no UTF-8 came as a character of three; what the receipt proves then has to be looked at as
        // bytes.
        boolean exact = bytes.length == frame.to() - from;
        if (from < at) {
            if (!exact) {
                throw new UnexpectedAnswerException(200, "the server sent a part of " + name + " twice");
            }
            bytes = Arrays.copyOfRange(bytes, Math.toIntExact(at - from), bytes.length);
            text = new String(bytes, StandardCharsets.UTF_8);
        }
        if (exact) {
            for (MessageDigest digest : since.values()) {
                digest.update(bytes);
            }
        } else {
            since.clear();
        }
        New fresh = new New(at, text);
        at = frame.to();
        return fresh;
    }

    /**
     * Tells whether what came is what a receipt says.
     *
     * @return true or false; empty if that can't be told from what came
     */
    Optional<Boolean> agrees(StreamReceipt receipt) {
        if (receipt.bytes() > at) {
            return Optional.of(false);
        }
        MessageDigest digest = since.get(at - receipt.bytes());
        return Optional.ofNullable(digest).map(known -> hex(copy(known)).equals(receipt.sha256()));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest copy(MessageDigest digest) {
        try {
            return (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("SHA-256 of the JDK can be copied", e);
        }
    }
}
