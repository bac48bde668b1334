package skillrunner.acceptance.followers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletionException;
import skillrunner.acceptance.ApiClient;

/** A client of one run that remembers what it has, and asks for the rest. Used by one thread until it is done. */
interface Follower {
    /**
     * Asks once, and takes what comes.
     *
     * @return whether the run told that this was all
     * @throws IOException if the server was not there, or ended meanwhile
     */
    boolean goOn(ApiClient api) throws IOException, InterruptedException;

    /** Asks until there is nothing more, however often the server dies. */
    default void followToTheEnd(MortalServer server) {
        try {
            boolean done = false;
            while (!done) {
                ApiClient api = server.awaitClient();
                try {
                    done = goOn(api);
                } catch (IOException | UncheckedIOException e) {
                    // The server was killed; from here this client goes on.
                } catch (CompletionException e) {
                    if (!(e.getCause() instanceof IOException)) {
                        throw e;
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
