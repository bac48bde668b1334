package skillrunner.delegate.screen;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Makes plain text of what a program writes to its terminal. Colours, titles and the like are dropped; where the program jumps to
 * another place a new line begins. Bytes may be cut anywhere, in the middle of a character or of a command. The last part of the text
 * is held, however much comes. Not safe for concurrent use.
 */
public final class TerminalText {
    private static final int ESCAPE = 0x1b;
    private static final int BELL = 0x07;
    private static final int BACKSPACE = 0x08;
    private static final int MOST_SPACES = 240;
    private static final int MOST_PARAMETERS = 64;

    /** Commands that take the cursor elsewhere; {@code C} goes right and stands for spaces. */
    private static final String JUMPS = "ABEFGHIfdS";

    private final int most;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder parameters = new StringBuilder();
    private byte[] rest = new byte[0];
    private State state = State.TEXT;
    private boolean returned;
    private long dropped;

    private enum State {
        TEXT,
        ESCAPED,
        /** Behind {@code ESC [}. */
        COMMAND,
        /** Behind {@code ESC (} and the like: one more character. */
        ONE_MORE,
        /** Behind {@code ESC ]} and the like: up to a bell or {@code ESC \}. */
        STRING,
        STRING_ESCAPED
    }

    /**
     * Begins with an empty screen.
     *
     * @param most how many characters are held
     */
    public TerminalText(int most) {
        this.most = most;
    }

    /**
     * Takes what was written.
     *
     * @param bytes holds it
     * @param length how much of it
     */
    public void add(byte[] bytes, int length) {
        ByteBuffer in = ByteBuffer.allocate(rest.length + length);
        in.put(rest).put(bytes, 0, length).flip();
        CharBuffer out = CharBuffer.allocate(in.remaining() + 1);
        decoder.decode(in, out, false);
        rest = new byte[in.remaining()];
        in.get(rest);
        out.flip();
        while (out.hasRemaining()) {
            take(out.get());
            if (text.length() > 2 * most) {
                trim();
            }
        }
        trim();
    }

    /**
     * Returns what is held now.
     *
     * @return the text
     */
    public ScreenText now() {
        return new ScreenText(text.toString(), dropped);
    }

    private void trim() {
        int excess = text.length() - most;
        if (excess > 0) {
            text.delete(0, excess);
            dropped += excess;
        }
    }

    private void take(char sign) {
        switch (state) {
            case TEXT -> plain(sign);
            case ESCAPED -> escaped(sign);
            case COMMAND -> command(sign);
            case ONE_MORE -> state = State.TEXT;
            case STRING -> {
                if (sign == BELL) {
                    state = State.TEXT;
                } else if (sign == ESCAPE) {
                    state = State.STRING_ESCAPED;
                }
            }
            case STRING_ESCAPED -> {
                state = State.TEXT;
                if (sign != '\\') {
                    // The string was broken off, and another command begins.
                    escaped(sign);
                }
            }
        }
    }

    private void plain(char sign) {
        if (sign == '\r') {
            returned = true;
        } else if (sign == '\n') {
            returned = false;
            text.append('\n');
        } else if (sign == ESCAPE) {
            state = State.ESCAPED;
        } else if (sign == BACKSPACE) {
            erase();
        } else if (sign == '\t' || sign >= ' ') {
            show(sign);
        }
    }

    private void escaped(char sign) {
        switch (sign) {
            case '[' -> {
                parameters.setLength(0);
                state = State.COMMAND;
            }
            case ']', 'P', '_', '^', 'X' -> state = State.STRING;
            case '(', ')', '*', '+', '#', '%', ' ' -> state = State.ONE_MORE;
            default -> state = State.TEXT;
        }
    }

    private void command(char sign) {
        if (sign >= '@' && sign <= '~') {
            state = State.TEXT;
            carryOut(sign);
        } else if (sign == ESCAPE) {
            state = State.ESCAPED;
        } else if (parameters.length() < MOST_PARAMETERS) {
            parameters.append(sign);
        }
    }

    private void carryOut(char sign) {
        if (sign == 'C') {
            " ".repeat(count()).chars().forEach(space -> show((char) space));
        } else if (JUMPS.indexOf(sign) >= 0) {
            returned = true;
        }
    }

    private int count() {
        String digits = parameters.toString();
        return digits.matches("\\d{1,4}") ? Math.min(MOST_SPACES, Integer.parseInt(digits)) : 1;
    }

    /** What follows a lone return is written over the line, so it is a line of its own. */
    private void show(char sign) {
        if (returned) {
            returned = false;
            if (text.length() > 0 && text.charAt(text.length() - 1) != '\n') {
                text.append('\n');
            }
        }
        text.append(sign);
    }

    private void erase() {
        int last = text.length() - 1;
        if (last >= 0 && text.charAt(last) != '\n') {
            text.setLength(last);
        }
    }
}
