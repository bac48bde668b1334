package skillrunner.application.terminal;

import java.util.Optional;

/**
 * The end of what a program wrote, in a file of a bounded length, so that a new terminal can be drawn from it. The file has two halves,
 * which are written in turn: from one to two halves are kept, and nothing is read while a program writes. What can't be kept keeps no
 * terminal from going on. For one thread at a time.
 */
final class ScreenRecording implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ScreenRecording.class.getName());

    private final int half;
    private Optional<ScreenFile> file;

    /** What was switched at the end of all that was written, and at the beginning of each half that is kept. */
    private final TerminalModes now = new TerminalModes();

    private TerminalModes beforePresent = new TerminalModes();
    private TerminalModes beforeFormer = new TerminalModes();

    /** Where the half begins that is written, and how much it holds; the other one is full, if it is kept. */
    private int present;

    private int filled;
    private boolean hasFormer;
    private boolean cut;

    /**
     * @param half so many bytes are kept at least, and twice as many at most
     * @param file keeps them; if there is none, nothing is kept
     */
    ScreenRecording(int half, Optional<ScreenFile> file) {
        this.half = half;
        this.file = file;
    }

    void add(byte[] output) {
        int from = 0;
        while (from < output.length) {
            if (filled == half) {
                turn();
            }
            int length = Math.min(half - filled, output.length - from);
            keep(output, from, length);
            for (int at = from; at < from + length; at++) {
                now.read(output[at]);
            }
            filled += length;
            from += length;
        }
    }

    private void turn() {
        cut = cut || hasFormer;
        hasFormer = true;
        beforeFormer = beforePresent;
        beforePresent = now.copy();
        present = half - present;
        filled = 0;
    }

    private void keep(byte[] output, int from, int length) {
        try {
            if (file.isPresent()) {
                file.get().write(present + filled, output, from, length);
            }
        } catch (RuntimeException e) {
            giveUp(e);
        }
    }

    /** Tells whether the beginning of what was written is lost. */
    boolean isCut() {
        return cut || (file.isEmpty() && (hasFormer || filled > 0));
    }

    /** Returns what draws the screen: beginning with a whole sequence or character, in the modes it had there. */
    byte[] drawn() {
        byte[] former = hasFormer ? kept(half - present, half) : new byte[0];
        byte[] latter = kept(present, filled);
        if (file.isEmpty()) {
            return now.inWords();
        }
        TerminalModes modes = (hasFormer ? beforeFormer : beforePresent).copy();
        int from = 0;
        int count = former.length + latter.length;
        while (from < count && modes.tears(at(from, former, latter))) {
            modes.read(at(from, former, latter));
            from++;
        }
        byte[] words = modes.inWords();
        byte[] all = new byte[words.length + count - from];
        System.arraycopy(words, 0, all, 0, words.length);
        int ofFormer = Math.max(0, former.length - from);
        System.arraycopy(former, former.length - ofFormer, all, words.length, ofFormer);
        int ofLatter = all.length - words.length - ofFormer;
        System.arraycopy(latter, latter.length - ofLatter, all, words.length + ofFormer, ofLatter);
        return all;
    }

    private static byte at(int index, byte[] former, byte[] latter) {
        return index < former.length ? former[index] : latter[index - former.length];
    }

    private byte[] kept(int at, int length) {
        try {
            return file.isPresent() ? file.get().read(at, length) : new byte[0];
        } catch (RuntimeException e) {
            giveUp(e);
            return new byte[0];
        }
    }

    private void giveUp(RuntimeException why) {
        LOG.log(System.Logger.Level.WARNING, "the screen of a terminal is not kept any more", why);
        close();
    }

    @Override
    public void close() {
        Optional<ScreenFile> last = file;
        file = Optional.empty();
        try {
            last.ifPresent(ScreenFile::close);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "what was kept of a terminal's screen could not be removed", e);
        }
    }
}
