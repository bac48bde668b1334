package skillrunner.application.run.output;

/** Finds character borders in UTF-8 bytes, so that no character is cut in two. */
public final class Utf8Cut {
    /** Most bytes of one character. */
    static final int LONGEST = 4;

    private Utf8Cut() {}

    /**
     * Counts the bytes at the end that begin a character whose rest has not arrived.
     *
     * @param bytes the bytes
     * @return 0 to 3
     */
    public static int incompleteTail(byte[] bytes) {
        int length = bytes.length;
        for (int back = 1; back < LONGEST && back <= length; back++) {
            int lead = bytes[length - back] & 0xFF;
            if (isContinuation(lead)) {
                continue;
            }
            return expectedLength(lead) > back ? back : 0;
        }
        return 0;
    }

    /**
     * Counts how far an offset lies inside a character.
     *
     * @param before up to three bytes that stand before the offset
     * @param at the byte at the offset
     * @return how many bytes to go back, 0 to 3
     */
    static int stepsBack(byte[] before, byte at) {
        if (!isContinuation(at & 0xFF)) {
            return 0;
        }
        for (int back = 1; back < LONGEST && back <= before.length; back++) {
            int lead = before[before.length - back] & 0xFF;
            if (!isContinuation(lead)) {
                return expectedLength(lead) > back ? back : 0;
            }
        }
        return 0;
    }

    private static boolean isContinuation(int value) {
        return (value & 0xC0) == 0x80;
    }

    private static int expectedLength(int lead) {
        if (lead >= 0xC2 && lead <= 0xDF) {
            return 2;
        }
        if (lead >= 0xE0 && lead <= 0xEF) {
            return 3;
        }
        return lead >= 0xF0 && lead <= 0xF4 ? LONGEST : 1;
    }
}
