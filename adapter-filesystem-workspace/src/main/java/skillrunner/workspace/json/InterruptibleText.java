package skillrunner.workspace.json;

import java.util.concurrent.CancellationException;

/**
 * A text that can be taken away from whoever reads it: once the reading thread is interrupted, the next character is
 * refused. The JDK's pattern matcher looks at nothing else while it goes back and forth. Used by one thread.
 */
final class InterruptibleText implements CharSequence {
    private final CharSequence text;

    InterruptibleText(CharSequence text) {
        this.text = text;
    }

    @Override
    public char charAt(int index) {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("the match was given up");
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return new InterruptibleText(text.subSequence(start, end));
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
