package skillrunner.application.terminal;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a terminal has to be told before the rest of an output whose beginning is not kept: modes that the beginning switched. Reads
 * just enough of the language of terminals to know where a sequence ends. For one thread.
 */
final class TerminalModes {
    private static final int ESCAPE = 0x1b;
    private static final int BELL = 0x07;
    private static final int LONGEST_PARAMETERS = 64;

    /** Keys, wrapping, cursor, mouse, screens, pasting. Others do not outlive what was drawn with them. */
    private static final Set<Integer> KEPT =
            Set.of(1, 7, 9, 25, 47, 1000, 1002, 1003, 1004, 1005, 1006, 1007, 1015, 1016, 1047, 1049, 2004);

    private enum Place {
        TEXT,
        AFTER_ESCAPE,
        IN_CONTROL,
        IN_STRING,
        STRING_ESCAPE
    }

    private final Map<Integer, Boolean> switched = new TreeMap<>();
    private final StringBuilder parameters = new StringBuilder();
    private Place place = Place.TEXT;

    TerminalModes() {}

    private TerminalModes(TerminalModes other) {
        switched.putAll(other.switched);
        parameters.append(other.parameters);
        place = other.place;
    }

    TerminalModes copy() {
        return new TerminalModes(this);
    }

    /** Tells whether a sequence or a character would be torn before this byte. */
    boolean tears(byte next) {
        return place != Place.TEXT || (next & 0xc0) == 0x80;
    }

    /** Reads on. */
    void read(byte value) {
        int it = value & 0xff;
        switch (place) {
            case TEXT -> place = it == ESCAPE ? Place.AFTER_ESCAPE : Place.TEXT;
            case AFTER_ESCAPE -> afterEscape(it);
            case IN_CONTROL -> inControl(it);
            case IN_STRING -> place = it == BELL ? Place.TEXT : it == ESCAPE ? Place.STRING_ESCAPE : Place.IN_STRING;
            case STRING_ESCAPE -> place = it == '\\' ? Place.TEXT : Place.IN_STRING;
        }
    }

    private void afterEscape(int it) {
        parameters.setLength(0);
        place = switch (it) {
            case '[' -> Place.IN_CONTROL;
            case ']', 'P', 'X', '^', '_' -> Place.IN_STRING;
            case ESCAPE -> Place.AFTER_ESCAPE;
            case 'c' -> {
                switched.clear();
                yield Place.TEXT;
            }
            // Of the sequences of three, such as a choice of letters, the second stands in this range.
            default -> it >= 0x20 && it <= 0x2f ? Place.AFTER_ESCAPE : Place.TEXT;
        };
    }

    private void inControl(int it) {
        if (it == ESCAPE) {
            place = Place.AFTER_ESCAPE;
        } else if (it >= 0x40 && it <= 0x7e) {
            place = Place.TEXT;
            if (it == 'h' || it == 'l') {
                keep(it == 'h');
            }
        } else if (parameters.length() < LONGEST_PARAMETERS) {
            parameters.append((char) it);
        }
    }

    private void keep(boolean on) {
        if (parameters.length() < 2 || parameters.charAt(0) != '?') {
            return;
        }
        for (String number : parameters.substring(1).split(";", -1)) {
            if (number.matches("[0-9]{1,5}") && KEPT.contains(Integer.parseInt(number))) {
                switched.put(Integer.parseInt(number), on);
            }
        }
    }

    /** Returns what switches a new terminal as the beginning did. */
    byte[] inWords() {
        StringBuilder words = new StringBuilder();
        switched.forEach((mode, on) ->
                words.append((char) ESCAPE).append("[?").append(mode).append(on ? 'h' : 'l'));
        return words.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
