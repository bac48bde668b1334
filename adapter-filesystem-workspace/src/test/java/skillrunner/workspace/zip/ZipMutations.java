package skillrunner.workspace.zip;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Archives that are slightly or badly broken, made from good and hostile ones. The same seed gives the same archive. */
final class ZipMutations {
    private static final int MAX_CHANGES = 6;
    private static final int HEADER = 50;
    private static final int[] ODD = {
        0, 1, -1, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x1_0000, Integer.MAX_VALUE, Integer.MIN_VALUE
    };

    private final List<byte[]> hostile;
    private final List<byte[]> good;

    ZipMutations() throws IOException {
        this.hostile = new ArrayList<>(
                ZipIntakeTest.bad().map(row -> (byte[]) row.get()[1]).toList());
        hostile.add(Zips.zeros("demo/bomb", 3L << 20));
        hostile.add(Zips.many(250));
        this.good = List.of(
                Zips.of("demo/SKILL.md", "---\nname: demo\n---\n", "demo/assets/", "", "demo/assets/runner.json", "{}"),
                Zips.of(
                        "demo/a.txt",
                        "text ".repeat(300),
                        "demo/sub/b.txt",
                        "x",
                        "demo/sub/c/d.txt",
                        "y".repeat(5_000)),
                Zips.stored("demo/data.bin", new byte[3_000]));
    }

    byte[] of(long seed) {
        Random random = new Random(seed);
        byte[] zip = pick(random).clone();
        for (int changes = random.nextInt(MAX_CHANGES + 1); changes > 0 && zip.length > 0; changes--) {
            zip = changed(zip, random);
        }
        return zip;
    }

    private byte[] changed(byte[] zip, Random random) {
        int at = place(zip, random);
        return switch (random.nextInt(8)) {
            case 0 -> {
                zip[at] ^= (byte) (1 << random.nextInt(8));
                yield zip;
            }
            case 1 -> {
                zip[at] = (byte) random.nextInt();
                yield zip;
            }
            case 2 -> number(zip, at, 2, random);
            case 3 -> number(zip, at, 4, random);
            case 4 -> Arrays.copyOf(zip, at);
            case 5 -> joined(Arrays.copyOf(zip, at), tail(zip, Math.min(zip.length, at + random.nextInt(40))));
            case 6 -> joined(Arrays.copyOf(zip, at), tail(zip, Math.max(0, at - random.nextInt(80))));
            default -> {
                byte[] other = pick(random);
                yield joined(Arrays.copyOf(zip, at), tail(other, random.nextInt(other.length + 1)));
            }
        };
    }

    private static byte[] number(byte[] zip, int at, int bytes, Random random) {
        if (at + bytes <= zip.length) {
            ByteBuffer buffer = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
            int odd = ODD[random.nextInt(ODD.length)];
            if (bytes == 2) {
                buffer.putShort(at, (short) odd);
            } else {
                buffer.putInt(at, odd);
            }
        }
        return zip;
    }

    /** Anywhere, or in one of the headers, where a change matters most. */
    private static int place(byte[] zip, Random random) {
        int anywhere = random.nextInt(zip.length);
        if (random.nextBoolean()) {
            return anywhere;
        }
        for (int i = anywhere; i + 1 < zip.length; i++) {
            if (zip[i] == 'P' && zip[i + 1] == 'K') {
                return Math.min(zip.length - 1, i + random.nextInt(HEADER));
            }
        }
        return anywhere;
    }

    private byte[] pick(Random random) {
        List<byte[]> corpus = random.nextBoolean() ? good : hostile;
        return corpus.get(random.nextInt(corpus.size()));
    }

    private static byte[] tail(byte[] zip, int from) {
        return Arrays.copyOfRange(zip, from, zip.length);
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}
