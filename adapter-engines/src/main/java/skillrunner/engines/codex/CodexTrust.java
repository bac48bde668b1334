package skillrunner.engines.codex;

import java.util.ArrayList;
import java.util.List;
import skillrunner.application.engine.FolderTrust;

/**
 * The folders that codex trusts: a table for each in its configuration. The rest of the file stays as its owner wrote it, comments
 * and all, so the table is added and removed as text.
 */
final class CodexTrust implements FolderTrust {
    private static final String TRUSTED = "trust_level = \"trusted\"";

    @Override
    public String file() {
        return CodexCli.CONFIG;
    }

    @Override
    public String with(String content, String folder) {
        String others = without(content, folder);
        String gap = others.isEmpty() || others.endsWith("\n") ? "" : "\n";
        return others + gap + header(folder) + "\n" + TRUSTED + "\n";
    }

    @Override
    public String without(String content, String folder) {
        List<String> kept = new ArrayList<>();
        boolean inside = false;
        for (String line : content.split("(?<=\n)", -1)) {
            String text = line.strip();
            if (text.startsWith("[")) {
                inside = text.equals(header(folder));
            }
            if (!inside) {
                kept.add(line);
            }
        }
        return String.join("", kept);
    }

    private static String header(String folder) {
        return "[projects." + Toml.inline(folder) + "]";
    }
}
