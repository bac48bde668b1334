package skillrunner.engines.gemini;

import java.util.LinkedHashMap;
import java.util.Map;
import skillrunner.application.engine.FolderTrust;
import skillrunner.engines.settings.JsonSettings;

/** The folders that gemini trusts. */
final class GeminiTrust implements FolderTrust {
    private static final String FILE = ".gemini/trustedFolders.json";
    private static final String TRUSTED = "TRUST_FOLDER";

    @Override
    public String file() {
        return FILE;
    }

    @Override
    public String with(String content, String folder) {
        Map<String, Object> folders = read(content);
        folders.put(folder, TRUSTED);
        return JsonSettings.write(folders);
    }

    @Override
    public String without(String content, String folder) {
        Map<String, Object> folders = read(content);
        if (folders.remove(folder) == null) {
            return content;
        }
        return folders.isEmpty() ? "" : JsonSettings.write(folders);
    }

    private static Map<String, Object> read(String content) {
        return content.isBlank() ? new LinkedHashMap<>() : new LinkedHashMap<>(JsonSettings.read(FILE, content));
    }
}
