package skillrunner.delegate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import skillrunner.application.json.JsonText;
import skillrunner.files.DurableFiles;
import skillrunner.files.SmallFiles;

/**
 * The accounts of opencode's plugin for Google. A sign-in begins without any, so that the plugin does not ask which to use; unless it
 * succeeds, those that were there are put back byte by byte. The copy is in the session's folder, where a later server finds it.
 */
final class GoogleAccounts implements LaidAside {
    static final String PATH = ".config/opencode/antigravity-accounts.json";

    /** The name of the copy. */
    static final String COPY = "antigravity-accounts.pre_auth.backup.json";

    /** Says that there was no file to copy. */
    private static final String NONE = "antigravity-accounts.pre_auth.none";

    private static final int MOST_BYTES = 4 << 20;
    private static final String ACCOUNTS = "accounts";

    private final Path file;
    private final Path copy;
    private final Path none;

    GoogleAccounts(Path home, Path session) {
        this.file = home.resolve(PATH);
        this.copy = session.resolve(COPY);
        this.none = session.resolve(NONE);
    }

    /**
     * Lays the accounts aside.
     *
     * @return what was done, as the session tells it
     * @throws UncheckedIOException if it can't be done; all is as it was
     */
    Map<String, Object> clear(JsonText json) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("executed", true);
        facts.put("path", PATH);
        try {
            Optional<byte[]> present = read(file);
            facts.put("source_exists", present.isPresent());
            facts.put("backup_created", present.isPresent());
            if (present.isEmpty()) {
                DurableFiles.write(none, new byte[0]);
            } else {
                Map<String, Object> accounts = json.parseObject(new String(present.get(), StandardCharsets.UTF_8))
                        .orElseThrow(() -> new IOException("'" + PATH + "' holds no JSON object"));
                DurableFiles.write(copy, present.get());
                facts.put("backup_path", copy.toString());
                facts.put("removed_accounts", accounts.get(ACCOUNTS) instanceof List<?> list ? list.size() : 0);
                DurableFiles.write(file, json.pretty(emptied(accounts)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        facts.put("success", true);
        return facts;
    }

    private static Map<String, Object> emptied(Map<String, Object> accounts) {
        Map<String, Object> emptied = new LinkedHashMap<>(accounts);
        emptied.put(ACCOUNTS, List.of());
        for (String chosen : List.of("active", "selected")) {
            if (emptied.containsKey(chosen)) {
                emptied.put(chosen, null);
            }
        }
        if (emptied.containsKey("activeIndex")) {
            emptied.put("activeIndex", -1);
        }
        return emptied;
    }

    @Override
    public void putBack(boolean succeeded) {
        try {
            Optional<byte[]> former = read(copy);
            if (!succeeded && former.isPresent()) {
                DurableFiles.createDirectories(Objects.requireNonNull(file.getParent()));
                DurableFiles.write(file, former.get());
            } else if (!succeeded && Files.exists(none)) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(copy);
            Files.deleteIfExists(none);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<byte[]> read(Path from) throws IOException {
        try {
            return Optional.of(SmallFiles.read(from, MOST_BYTES));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
