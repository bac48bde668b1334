package skillrunner.e2eclient.form;

import java.io.IOException;
import java.io.InputStream;

/** A file that came with a form. */
public interface ChosenFile {
    /**
     * Returns how large it is.
     *
     * @return its bytes
     */
    long size();

    /**
     * Opens it.
     *
     * @return its bytes, to be closed by the caller
     * @throws IOException if it can't be read
     */
    InputStream open() throws IOException;
}
