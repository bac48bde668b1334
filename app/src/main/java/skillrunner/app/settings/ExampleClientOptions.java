package skillrunner.app.settings;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import skillrunner.client.Credentials;
import skillrunner.e2eclient.ExampleClientSettings;
import skillrunner.e2eclient.backend.BackendLimits;

/**
 * What can be configured of the example client.
 *
 * @param client how it runs
 * @param log where log lines go
 */
public record ExampleClientOptions(ExampleClientSettings client, LogSettings log) {
    /** Name of the variable of the address. */
    public static final String HOST_NAME = "SKILL_RUNNER_E2E_CLIENT_HOST";

    /** Name of the variable of the port. */
    public static final String PORT_NAME = "SKILL_RUNNER_E2E_CLIENT_PORT";

    /** Name of the variable of the folder for recordings. */
    public static final String RECORDINGS_NAME = "SKILL_RUNNER_E2E_CLIENT_RECORDINGS_DIR";

    private static final int DEFAULT_PORT = 8011;
    private static final int HIGHEST_PORT = 65_535;

    private static final Variable HOST =
            new Variable(HOST_NAME, "`127.0.0.1`", "Address that the example client listens on.");
    private static final Variable PORT = new Variable(
            PORT_NAME, "`8011`", "Port that the example client listens on; what is no port counts as `8011`.");
    private static final Variable BACKEND = new Variable(
            "SKILL_RUNNER_E2E_CLIENT_BACKEND_BASE_URL",
            "`http://127.0.0.1:8000`",
            "Address of the server that the example client asks.");
    private static final Variable RECORDINGS = new Variable(
            RECORDINGS_NAME,
            "`e2e_client/recordings` of the installation",
            "Folder for the recordings of the example client.");

    static final List<Variable> VARIABLES = List.of(HOST, PORT, BACKEND, RECORDINGS);

    /** Refuses null parts. */
    public ExampleClientOptions {
        Objects.requireNonNull(client);
        Objects.requireNonNull(log);
    }

    /**
     * Reads the variables.
     *
     * @param environment the variables
     * @param installation root of the installation
     * @return the options
     * @throws BadSettingException for the first value that can't be used
     */
    public static ExampleClientOptions read(Map<String, String> environment, Path installation) {
        EnvironmentReader reader = new EnvironmentReader(environment);
        String host = reader.text(HOST).orElse("127.0.0.1");
        if (!AccessSettings.isLoopback(host) && !AccessSettings.allowsInsecureBind(reader)) {
            throw new BadSettingException(
                    HOST.name(),
                    host,
                    "other machines could reach it, and it asks nobody for a password; use a loopback address, or set "
                            + "SKILL_RUNNER_ALLOW_INSECURE_BIND=true to allow it all the same");
        }
        return new ExampleClientOptions(
                new ExampleClientSettings(
                        host,
                        reader.text(PORT).flatMap(ExampleClientOptions::port).orElse(DEFAULT_PORT),
                        AccessSettings.allowedHosts(reader),
                        backend(reader.text(BACKEND).orElse("http://127.0.0.1:8000")),
                        credentials(environment),
                        reader.path(RECORDINGS, installation.resolve("e2e_client/recordings")),
                        ExampleClientSettings.MAX_UPLOAD_BYTES,
                        BackendLimits.DEFAULT),
                LogSettings.read(reader));
    }

    private static Optional<Credentials> credentials(Map<String, String> environment) {
        try {
            return Credentials.from(environment);
        } catch (IOException e) {
            throw new BadSettingException(
                    Credentials.FILE, environment.getOrDefault(Credentials.FILE, ""), String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            throw new BadSettingException(
                    Credentials.USERNAME,
                    environment.getOrDefault(Credentials.USERNAME, ""),
                    String.valueOf(e.getMessage()));
        }
    }

    /** Reads a port. @return empty for what is none */
    private static Optional<Integer> port(String text) {
        try {
            int port = Integer.parseInt(text);
            return port >= 1 && port <= HIGHEST_PORT ? Optional.of(port) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static URI backend(String text) {
        String root = text.replaceAll("/+$", "");
        try {
            URI address = new URI(root);
            boolean web = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
            if (web
                    && address.getHost() != null
                    && address.getRawUserInfo() == null
                    && address.getRawQuery() == null
                    && address.getRawFragment() == null) {
                return address;
            }
        } catch (URISyntaxException e) {
            // the message below fits
        }
        throw new BadSettingException(
                BACKEND.name(),
                masked(text),
                "an address such as http://127.0.0.1:8000 is needed, without name and password");
    }

    /** Who puts a password into an address does not want to read it in a log. */
    private static String masked(String text) {
        return text.replaceAll("//[^/@]*@", "//…@");
    }
}
