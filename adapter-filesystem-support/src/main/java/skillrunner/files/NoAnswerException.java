package skillrunner.files;

import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** Thrown when a place did not answer in time. That is no fact about what is there. */
public final class NoAnswerException extends FileSystemException {
    private static final long serialVersionUID = 1L;

    NoAnswerException(Path place) {
        super(String.valueOf(place.getFileName()), null, "it lies on a file system that does not answer");
    }
}
