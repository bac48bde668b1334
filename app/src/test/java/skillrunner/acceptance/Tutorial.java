package skillrunner.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The blocks of a page, in order, each with the remark above it that says what a test does with it. */
record Tutorial(List<Block> blocks) {
    private static final Pattern BLOCK = Pattern.compile("(?m)^(?:<!-- (.*) -->\\n)?```([a-z]*)\\n((?s:.*?))^```$");

    Tutorial {
        blocks = List.copyOf(blocks);
    }

    /**
     * A fenced block.
     *
     * @param remark what stands above it as a comment; empty if nothing does
     * @param language what it is written in
     * @param text its lines
     */
    record Block(String remark, String language, String text) {}

    static Tutorial read(Path page) throws IOException {
        List<Block> blocks = new ArrayList<>();
        Matcher block = BLOCK.matcher(Files.readString(page));
        while (block.find()) {
            String remark = block.group(1);
            blocks.add(new Block(remark == null ? "" : remark, block.group(2), block.group(3)));
        }
        return new Tutorial(blocks);
    }
}
