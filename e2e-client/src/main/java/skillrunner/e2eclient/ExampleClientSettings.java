package skillrunner.e2eclient;

import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import skillrunner.client.Credentials;
import skillrunner.e2eclient.backend.BackendLimits;

/**
 * How the example client runs.
 *
 * @param host address to listen on
 * @param port port to listen on; 0 takes a free one
 * @param allowedHosts further values of the Host header, without port, in lower case
 * @param backend address of the server, without a slash at the end
 * @param credentials who we are for the server, if it wants to know
 * @param recordings folder for recordings; created if need be
 * @param maxUploadBytes how large a form may be with all its files
 * @param limits what answers of the server may take
 */
public record ExampleClientSettings(
        String host,
        int port,
        Set<String> allowedHosts,
        URI backend,
        Optional<Credentials> credentials,
        Path recordings,
        long maxUploadBytes,
        BackendLimits limits) {
    /** What the server takes in one upload, unless it is told otherwise. */
    public static final long MAX_UPLOAD_BYTES = 200L << 20;

    /** Copies the set and refuses null parts. */
    public ExampleClientSettings {
        Objects.requireNonNull(host);
        Objects.requireNonNull(backend);
        Objects.requireNonNull(credentials);
        Objects.requireNonNull(recordings);
        Objects.requireNonNull(limits);
        allowedHosts = Set.copyOf(allowedHosts);
    }
}
