package skillrunner.testkit.random;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Random values, all decided by one seed. Values at the ends of a range come more often than others. For one thread. */
public final class Draws {
    private static final int ONE_IN = 8;

    private final Random random;

    /**
     * Begins.
     *
     * @param seed decides every value
     */
    public Draws(long seed) {
        this.random = new Random(seed);
    }

    /** A number, both ends included. */
    public int between(int least, int most) {
        if (random.nextInt(ONE_IN) == 0) {
            return random.nextBoolean() ? least : most;
        }
        return least + random.nextInt(most - least + 1);
    }

    /** One of some values. */
    @SafeVarargs
    public final <T> T of(T... values) {
        return values[random.nextInt(values.length)];
    }

    /** So many values, both ends included. */
    public <T> List<T> list(int least, int most, Supplier<? extends T> one) {
        int size = between(least, most);
        List<T> values = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            values.add(one.get());
        }
        return values;
    }

    /** Up to so many bytes: any, or such as formats are made of. */
    public byte[] bytes(int most) {
        byte[] bytes = new byte[between(0, most)];
        random.nextBytes(bytes);
        for (int i = 0; i < bytes.length; i++) {
            if (random.nextBoolean()) {
                bytes[i] = of(
                        (byte) 0,
                        (byte) '\n',
                        (byte) '\r',
                        (byte) '"',
                        (byte) '{',
                        (byte) '}',
                        (byte) '\\',
                        (byte) 'a',
                        (byte) 0xFF);
            }
        }
        return bytes;
    }
}
