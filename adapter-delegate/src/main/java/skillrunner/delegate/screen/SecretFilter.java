package skillrunner.delegate.screen;

import java.nio.charset.StandardCharsets;

/** Takes secrets out of a stream of bytes, wherever it is cut. Not safe for concurrent use. */
public final class SecretFilter {
    /** What echoes a secret does not take so much; more is not held back. */
    private static final int MOST_OPEN = 64 << 10;

    private final Secrets secrets;
    private String open = "";

    /**
     * Takes what it takes out.
     *
     * @param secrets may grow meanwhile
     */
    public SecretFilter(Secrets secrets) {
        this.secrets = secrets;
    }

    /**
     * Takes bytes.
     *
     * @param bytes hold them
     * @param length how many
     * @return what is certain by now
     */
    public byte[] add(byte[] bytes, int length) {
        String text = open + new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
        Secrets.Cleaned cleaned = secrets.cleaned(text, text.length() > MOST_OPEN);
        open = cleaned.open();
        return cleaned.done().getBytes(StandardCharsets.ISO_8859_1);
    }

    /**
     * Nothing more comes.
     *
     * @return the rest
     */
    public byte[] rest() {
        byte[] rest = secrets.cleaned(open, true).done().getBytes(StandardCharsets.ISO_8859_1);
        open = "";
        return rest;
    }
}
