package skillrunner.application.signin;

import skillrunner.application.engine.CredentialFile;

/** The files in which the engines keep their sign-ins. Implementations are safe for concurrent use. */
public interface Credentials {
    /**
     * Removes one of them. Does nothing if there is none; a link is removed, not what it leads to.
     *
     * @param file the file
     * @throws java.io.UncheckedIOException if it stays
     */
    void remove(CredentialFile file);
}
