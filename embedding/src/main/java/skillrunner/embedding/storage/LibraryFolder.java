package skillrunner.embedding.storage;

import java.nio.file.Path;
import java.util.stream.Stream;
import skillrunner.embedding.settings.UnloadableLibraryException;
import skillrunner.process.console.PtyConsoles;
import skillrunner.sqlite.NativeLibrary;

/** Where libraries of the system are unpacked to before they are loaded. They tell their folder by properties of the process only. */
final class LibraryFolder {
    private LibraryFolder() {}

    /**
     * Has libraries unpacked into a folder, unless somebody has said where. Where nothing can be executed they are unpacked into the
     * machine's folder for temporary files.
     *
     * @param folder an absolute folder
     * @throws UnloadableLibraryException if nothing can be executed in either
     */
    static void use(Path folder) {
        Path common = Path.of(System.getProperty("java.io.tmpdir"));
        if (NativeLibrary.canBeLoadedFrom(folder)) {
            Stream.concat(Stream.of(NativeLibrary.UNPACKED_TO), PtyConsoles.UNPACKED_TO.stream())
                    .filter(property -> System.getProperty(property) == null)
                    .forEach(property -> System.setProperty(property, folder.toString()));
        } else if (System.getProperty(NativeLibrary.UNPACKED_TO) == null
                && System.getProperty(NativeLibrary.PUT_ASIDE_IN) == null
                && !NativeLibrary.canBeLoadedFrom(common)) {
            throw new UnloadableLibraryException(
                    "SQLite's library can be loaded neither from " + folder + " nor from " + common
                            + ": they take no files, or are mounted noexec",
                    NativeLibrary.UNPACKED_TO);
        }
    }
}
