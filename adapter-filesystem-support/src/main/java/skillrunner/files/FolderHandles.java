package skillrunner.files;

import java.io.IOException;
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
        boolean lacksRoom(Path absent) {
            return LinuxCalls.lacksRoom(absent);
        }
    },
    /** By paths. */
    PORTABLE {
        @Override
        FolderHandle trusted(Path folder) throws IOException {
            return PortableFolder.trusted(folder);
        }

        @Override
        boolean lacksRoom(Path absent) {
            return true;
        }
    };

    abstract FolderHandle trusted(Path folder) throws IOException;

    /** Tells whether it is for want of room that a folder can't be made; true also if that can't be told. */
    abstract boolean lacksRoom(Path absent);

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
