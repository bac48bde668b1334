package skillrunner.application.terminal;

/** The end of what a program wrote, in a bounded room, so that a new terminal can be drawn from it. For one thread. */
final class ScreenRecording {
    private final byte[] room;
    private final TerminalModes before = new TerminalModes();

    /** Where the oldest byte is, and how many there are. */
    private int first;

    private int count;

    ScreenRecording(int bytes) {
        this.room = new byte[bytes];
    }

    void add(byte[] output) {
        for (byte value : output) {
            if (count == room.length) {
                before.read(room[first]);
                room[first] = value;
                first = (first + 1) % room.length;
            } else {
                room[(first + count) % room.length] = value;
                count++;
            }
        }
    }

    /** Returns what draws the screen: beginning with a whole sequence or character, in the modes it had there. */
    byte[] drawn() {
        TerminalModes modes = before.copy();
        int from = 0;
        while (from < count && modes.tears(at(from))) {
            modes.read(at(from));
            from++;
        }
        byte[] words = modes.inWords();
        byte[] all = new byte[words.length + count - from];
        System.arraycopy(words, 0, all, 0, words.length);
        for (int i = from; i < count; i++) {
            all[words.length + i - from] = at(i);
        }
        return all;
    }

    private byte at(int index) {
        return room[(first + index) % room.length];
    }
}
