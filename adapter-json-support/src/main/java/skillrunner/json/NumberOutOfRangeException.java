package skillrunner.json;

import tools.jackson.core.JsonParser;
import tools.jackson.core.exc.StreamReadException;

/** A text is JSON, but a number in it has an exponent that fits into no number of the machine. */
public final class NumberOutOfRangeException extends StreamReadException {
    private static final long serialVersionUID = 1L;

    NumberOutOfRangeException(JsonParser parser, NumberFormatException cause) {
        super(parser, "a number is out of range", parser.currentTokenLocation(), cause);
    }
}
