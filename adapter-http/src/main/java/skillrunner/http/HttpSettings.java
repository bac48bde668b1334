package skillrunner.http;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import skillrunner.http.access.AccessRule;

/**
 * How the API is served.
 *
 * @param host address to listen on
 * @param port port to listen on; 0 takes a free one
 * @param allowedHosts further values of the Host header, without port, in lower case
 * @param accessRule who must say a password, and where; empty asks nobody
 * @param maxBodyBytes limit of a JSON body
 * @param maxUploadBytes limit of an uploaded file
 * @param memoryBytes how much all requests together may hold in memory
 * @param maxConnections limit of open connections; more wait to be accepted
 * @param temporary folder for bodies and answers in flight
 * @param maxStreams limit of clients that follow output
 * @param maxStreamsPerRun limit of clients that follow one run
 * @param heartbeat longest silence on a stream
 * @param maxStreamAge how long a stream is open until its client has to come back
 * @param stall a client that reads or sends nothing for so long is let go; longer than two heartbeats
 */
public record HttpSettings(
        String host,
        int port,
        Set<String> allowedHosts,
        Optional<AccessRule> accessRule,
        long maxBodyBytes,
        long maxUploadBytes,
        long memoryBytes,
        int maxConnections,
        Path temporary,
        int maxStreams,
        int maxStreamsPerRun,
        Duration heartbeat,
        Duration maxStreamAge,
        Duration stall) {
    /** Copies the set and refuses null parts. */
    public HttpSettings {
        Objects.requireNonNull(host);
        Objects.requireNonNull(accessRule);
        Objects.requireNonNull(temporary);
        Objects.requireNonNull(heartbeat);
        Objects.requireNonNull(maxStreamAge);
        Objects.requireNonNull(stall);
        allowedHosts = Set.copyOf(allowedHosts);
    }
}
