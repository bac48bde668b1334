package skillrunner.files;

import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** What has the name of a file is not what it should be, however often one looks. */
public final class UnfitFileException extends FileSystemException {
    private static final long serialVersionUID = 1L;

    private final String words;

    UnfitFileException(Path file, String words) {
        super(file.toString(), null, words);
        this.words = words;
    }

    /** {@inheritDoc} It is a sentence about the file, for people. */
    @Override
    public String getReason() {
        return words;
    }
}
