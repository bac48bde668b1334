package skillrunner.client;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.client.model.Receipt;
import skillrunner.client.model.StreamReceipt;

/**
 * Holds what was followed to the receipt of its run. Where the text that came can't tell (it began in the middle, or has bytes that are no
 * UTF-8) the bytes are fetched once more and looked at.
 */
final class ReceiptCheck {
    private final Transport transport;
    private final String requestId;

    ReceiptCheck(Transport transport, String requestId) {
        this.transport = transport;
        this.requestId = requestId;
    }

    /** Says what is wrong; null if all is well. */
    @Nullable
    String doubt(Receipt receipt, FollowedOutput stdout, FollowedOutput stderr)
            throws IOException, InterruptedException {
        String ofStdout = doubt("stdout", receipt.stdout(), stdout);
        return ofStdout != null ? ofStdout : doubt("stderr", receipt.stderr(), stderr);
    }

    private @Nullable String doubt(String name, StreamReceipt receipt, FollowedOutput followed)
            throws IOException, InterruptedException {
        Optional<Boolean> told = followed.agrees(receipt);
        boolean agrees = told.isPresent() ? told.get() : bytesAgree(name, receipt, followed.at());
        return agrees
                ? null
                : name + " is not what the receipt says: " + followed.at()
                        + " bytes came over the whole run, and the last process wrote " + receipt.bytes()
                        + " with the digest " + receipt.sha256();
    }

    private boolean bytesAgree(String name, StreamReceipt receipt, long end) throws IOException, InterruptedException {
        MessageDigest digest = FollowedOutput.sha256();
        long at = end - receipt.bytes();
        byte[] buffer = new byte[64 * 1024];
        while (at < end) {
            Call call = Call.of("GET", "/v1/streams/{request_id}/" + name)
                    .path("request_id", requestId)
                    .query("offset", at);
            long before = at;
            try (Download part = transport.open(call)) {
                InputStream body = part.body();
                for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
                    int counted = (int) Math.min(count, end - at);
                    digest.update(buffer, 0, counted);
                    at += counted;
                }
            }
            if (at == before) {
                return false;
            }
        }
        return FollowedOutput.hex(digest).equals(receipt.sha256());
    }
}
