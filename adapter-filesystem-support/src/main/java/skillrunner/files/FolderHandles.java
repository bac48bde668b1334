package skillrunner.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Chooses how folders are held on this machine, when the first one is. */
enum FolderHandles {
    /** By descriptors. */
    LINUX {
        @Override
        FolderHandle trusted(Path folder) throws IOException {
            return LinuxFolder.trusted(folder);
        }

        @Override
        boolean hasRoomForFolder(Path absent) {
            return LinuxCalls.hasRoomForFolder(absent);
        }
    },
    /** By paths. */
    PORTABLE {
        @Override
        FolderHandle trusted(Path folder) throws IOException {
            return PortableFolder.trusted(folder);
        }

        @Override
        boolean hasRoomForFolder(Path absent) {
            try {
                Files.createDirectory(absent);
                return true;
            } catch (AccessDeniedException | NoSuchFileException | FileAlreadyExistsException e) {
                return true;
            } catch (IOException e) {
                return false;
            }
        }
    };

    abstract FolderHandle trusted(Path folder) throws IOException;

    /**
     * Makes a folder to learn whether the disk has room for it.
     *
     * @return false if it can't be made for want of space, inodes or quota, or if nobody can tell why
     */
    abstract boolean hasRoomForFolder(Path absent);

    static FolderHandles ofThisMachine() {
        return Chosen.HANDLES;
    }

    private static final class Chosen {
        static final FolderHandles HANDLES = choose();

        private static FolderHandles choose() {
            try {
                if (LinuxCalls.work()) {
                    return LINUX;
                }
            } catch (LinkageError e) {
                System.getLogger(FolderHandles.class.getName())
                        .log(System.Logger.Level.WARNING, "the system calls that hold folders are not at hand", e);
            }
            System.getLogger(FolderHandles.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "what agents write is opened by paths, with checks before and after: no more is possible here");
            return PORTABLE;
        }
    }
}
