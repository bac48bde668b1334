package skillrunner.http.access;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;

/**
 * Refuses addresses whose percent-encoding has no one meaning: {@code %} without two digits, bytes that are no UTF-8 (the long
 * way to write a short character among them), and zero. Readers replace, drop or keep those, each as it likes.
 */
public final class TargetGuard implements Handler {
    private static final int HEX = 16;

    /** Makes the guard. */
    public TargetGuard() {}

    @Override
    public void handle(Context ctx) {
        if (!isWellFormed(ctx.req().getRequestURI()) || !isWellFormed(ctx.req().getQueryString())) {
            throw new RefusedException(
                    ErrorCode.REQUEST_INVALID, "The address is not encoded as addresses are: percent-encoded UTF-8");
        }
    }

    static boolean isWellFormed(@Nullable String encoded) {
        if (encoded == null || encoded.indexOf('%') < 0) {
            return true;
        }
        ByteBuffer bytes = ByteBuffer.allocate(encoded.length() * 4);
        for (int at = 0; at < encoded.length(); at++) {
            char c = encoded.charAt(at);
            if (c != '%') {
                bytes.put(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
                continue;
            }
            int high = at + 2 < encoded.length() ? Character.digit(encoded.charAt(at + 1), HEX) : -1;
            int low = high >= 0 ? Character.digit(encoded.charAt(at + 2), HEX) : -1;
            if (low < 0 || (high == 0 && low == 0)) {
                return false;
            }
            bytes.put((byte) (high * HEX + low));
            at += 2;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(bytes.flip());
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
