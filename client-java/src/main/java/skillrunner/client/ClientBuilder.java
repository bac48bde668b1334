package skillrunner.client;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What makes a client: who it is, and how long it waits and how much it holds. Begin with {@link SkillRunnerClient#of}. For one thread.
 */
public final class ClientBuilder {
    /** Both outputs of a run in one answer, each 8 MiB, every byte escaped. */
    private static final int LARGEST_ANSWER = 128 * 1024 * 1024;

    final URI server;

    @Nullable
    Credentials credentials;

    Duration connectTimeout = Duration.ofSeconds(10);
    Duration timeout = Duration.ofSeconds(90);
    Duration retryFor = Duration.ofSeconds(30);
    int answerLimit = LARGEST_ANSWER;

    ClientBuilder(URI server) {
        boolean web = "http".equalsIgnoreCase(server.getScheme()) || "https".equalsIgnoreCase(server.getScheme());
        if (!web || server.getHost() == null || server.getRawQuery() != null || server.getRawFragment() != null) {
            throw new IllegalArgumentException("not an address of a server, such as http://127.0.0.1:8000");
        }
        if (server.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    "a password does not belong into an address; there are variables and a file for it");
        }
        this.server = server;
    }

    /**
     * Says who the client is; nobody, unless this is called.
     *
     * @param given name and password
     * @return this
     */
    public ClientBuilder credentials(@Nullable Credentials given) {
        credentials = given;
        return this;
    }

    /**
     * Says how long a connection may take; 10 seconds.
     *
     * @param given the time
     * @return this
     */
    public ClientBuilder connectTimeout(Duration given) {
        connectTimeout = Objects.requireNonNull(given);
        return this;
    }

    /**
     * Says how long an answer may take to begin, and how long it may be silent; 90 seconds. Of an upload as long as
     * that may pass without a byte taken, before its end and behind it, and 15 minutes as a whole.
     *
     * @param given the time
     * @return this
     */
    public ClientBuilder timeout(Duration given) {
        timeout = Objects.requireNonNull(given);
        return this;
    }

    /**
     * Says how long calls that may be repeated are repeated when no answer comes; 30 seconds.
     *
     * @param given the time; zero for never
     * @return this
     */
    public ClientBuilder retryFor(Duration given) {
        retryFor = Objects.requireNonNull(given);
        return this;
    }

    /**
     * Says how large an answer may be that is held as a whole; 128 MiB, as both outputs of a run in one answer may need. What is read
     * piece by piece, such as artifacts and events, has no such limit.
     *
     * @param bytes the limit, at least 1
     * @return this
     */
    public ClientBuilder answerLimit(int bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("answerLimit must be at least 1, and is " + bytes);
        }
        answerLimit = bytes;
        return this;
    }

    /**
     * Makes the client; nothing is sent.
     *
     * @return the client
     */
    public SkillRunnerClient build() {
        return new SkillRunnerClient(this);
    }
}
