package skillrunner.e2eclient.event;

import java.io.ByteArrayOutputStream;

/**
 * Cuts a stream of server-sent events behind each event, and changes no byte of it. What is handed on is whole events, so that
 * one that was cut off is never taken for one that is complete, and another one can always follow. Used by one stream.
 */
final class EventFrames {
    private static final byte CR = '\r';
    private static final byte LF = '\n';

    private final int limit;
    private final ByteArrayOutputStream open = new ByteArrayOutputStream();

    /** Whether the present line holds nothing yet. */
    private boolean lineIsEmpty = true;

    private boolean afterCr;

    /** An event ended with a carriage return, to which a line feed may still belong. */
    private boolean endedByCr;

    /** Takes how large an event may be, in bytes. */
    EventFrames(int limit) {
        this.limit = limit;
    }

    /** An event is larger than anybody wants to hold. */
    static final class TooLargeException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /** Takes bytes. @return those of all events that are complete now */
    byte[] take(byte[] piece) throws TooLargeException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (byte each : piece) {
            if (endedByCr) {
                endedByCr = false;
                if (each == LF) {
                    open.write(each);
                    afterCr = false;
                    flush(whole);
                    continue;
                }
                flush(whole);
            }
            open.write(each);
            look(each, whole);
            if (open.size() > limit) {
                throw new TooLargeException();
            }
        }
        return whole.toByteArray();
    }

    private void look(byte each, ByteArrayOutputStream whole) {
        if (each == LF && afterCr) {
            afterCr = false;
            return;
        }
        afterCr = each == CR;
        if (each != CR && each != LF) {
            lineIsEmpty = false;
        } else if (!lineIsEmpty) {
            lineIsEmpty = true;
        } else if (each == CR) {
            endedByCr = true;
        } else {
            flush(whole);
        }
    }

    private void flush(ByteArrayOutputStream whole) {
        whole.writeBytes(open.toByteArray());
        open.reset();
    }
}
