package skillrunner.oauth;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Providers whose names nobody knows but a proxy. */
class ProxiedCallTest {
    private static final String SECRET = "changeit";
    private static final String ALLOWED = "-Djdk.http.auth.tunneling.disabledSchemes=";

    @TempDir
    Path folder;

    @Test
    void a_plain_address_is_asked_for_at_the_proxy_which_learns_the_login() throws Exception {
        try (ScriptedProvider proxy = new ScriptedProvider()) {
            proxy.on("/who", 200, "{\"name\":\"x\"}");
            String place = proxy.address("").getAuthority();

            assertThat(call(Map.of("HTTP_PROXY", "http://user:hidden@" + place), "http://provider.invalid/who"))
                    .hasToString("{\"name\":\"x\"}");

            ScriptedProvider.Request asked = proxy.requests("/who").get(0);
            assertThat(asked.headers()).containsEntry("host", "provider.invalid");
            assertThat(asked.headers()).containsEntry("proxy-authorization", "Basic dXNlcjpoaWRkZW4=");
        }
    }

    @Test
    void what_is_exempt_is_called_itself_and_learns_no_login() throws Exception {
        try (ScriptedProvider provider = new ScriptedProvider();
                ScriptedProxy proxy = ScriptedProxy.refusing("502 Bad Gateway")) {
            provider.on("/who", 200, "{\"name\":\"x\"}");

            call(
                    Map.of("ALL_PROXY", "http://user:hidden@" + proxy.address()),
                    provider.address("/who").toString());

            assertThat(provider.requests("/who").get(0).headers()).doesNotContainKey("proxy-authorization");
            assertThat(proxy.heads()).isEmpty();
        }
    }

    @Test
    void a_proxy_that_makes_no_connection_is_named_and_nothing_was_sent() throws Exception {
        try (ScriptedProxy proxy = ScriptedProxy.refusing("502 Bad Gateway")) {
            ProviderException fault = fault(Map.of("https_proxy", proxy.address()), "https://provider.invalid/who");

            assertThat(proxy.heads()).singleElement().asString().startsWith("CONNECT provider.invalid:443 HTTP/1.1");
            assertThat(fault.words())
                    .isEqualTo("the provider could not be reached through the proxy of https_proxy"
                            + " (the proxy gave no connection)");
            assertThat(fault.sent()).isFalse();
        }
    }

    @Test
    void a_proxy_that_is_not_there_is_named() throws Exception {
        ScriptedProxy gone = ScriptedProxy.refusing("502 Bad Gateway");
        gone.close();
        ProviderException fault = fault(Map.of("ALL_PROXY", gone.address()), "https://provider.invalid/who");
        assertThat(fault.words())
                .isEqualTo("the provider could not be reached through the proxy of ALL_PROXY (no connection)");
        assertThat(fault.sent()).isFalse();
    }

    @Test
    void a_proxy_that_asks_who_it_is_has_not_passed_anything_on() throws Exception {
        for (String scheme : List.of("http", "https")) {
            try (ScriptedProxy proxy = ScriptedProxy.refusing(
                    "407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"x\"")) {
                ProviderException fault =
                        fault(Map.of("ALL_PROXY", proxy.address()), scheme + "://provider.invalid/who");
                assertThat(fault.words()).isEqualTo("the proxy of ALL_PROXY asks for a user and a password");
                assertThat(fault.sent()).isFalse();
            }
        }
    }

    @Test
    void a_provider_is_signed_in_at_through_a_tunnel_with_a_login() throws Exception {
        Path keys = keys();
        List<String> asked = new CopyOnWriteArrayList<>();
        HttpsServer provider = provider(keys, asked);
        try (ScriptedProxy proxy = ScriptedProxy.leadingTo(provider.getAddress().getPort())) {
            String told = caller(keys, "http://user:hidden@" + proxy.address(), ALLOWED);

            assertThat(told).isEqualTo("{\"access_token\":\"fake\"}");
            assertThat(proxy.heads())
                    .singleElement()
                    .asString()
                    .startsWith("CONNECT provider.invalid:443 HTTP/1.1")
                    .containsIgnoringCase("Proxy-Authorization: Basic dXNlcjpoaWRkZW4=\r\n");
            assertThat(asked).containsExactly("code=the-code, login null");
        } finally {
            provider.stop(0);
        }
    }

    @Test
    void a_login_that_this_java_keeps_back_is_told_as_that() throws Exception {
        try (ScriptedProxy proxy = ScriptedProxy.refusing("407 Proxy Authentication Required")) {
            String told = caller(keys(), "http://user:hidden@" + proxy.address());

            assertThat(proxy.heads()).allMatch(head -> !head.contains("Basic"));
            assertThat(told)
                    .isEqualTo(
                            "unsent: the proxy of HTTPS_PROXY asks for a user and a password, and this Java keeps them back"
                                    + " (jdk.http.auth.tunneling.disabledSchemes)");
        }
    }

    @Test
    void a_login_that_the_proxy_does_not_take_is_told_without_it() throws Exception {
        try (ScriptedProxy proxy = ScriptedProxy.refusing("407 Proxy Authentication Required")) {
            assertThat(caller(keys(), "http://user:hidden@" + proxy.address(), ALLOWED))
                    .isEqualTo("unsent: the proxy of HTTPS_PROXY does not take its user and password");
            assertThat(proxy.heads()).singleElement().asString().contains("Basic dXNlcjpoaWRkZW4=");
        }
    }

    private static ObjectNode call(Map<String, String> variables, String address) throws ProviderException {
        return new TokenEndpoint(ProxyRules.read(name -> Optional.ofNullable(variables.get(name))))
                .get(
                        HttpTrace.ofNoSession(Clock.systemUTC()),
                        URI.create(address),
                        Map.of(),
                        TokenEndpoint.Call.within(Duration.ofSeconds(20)));
    }

    private static ProviderException fault(Map<String, String> variables, String address) {
        return catchThrowableOfType(ProviderException.class, () -> call(variables, address));
    }

    private static String caller(Path keys, String proxy, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of(program("java"), "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of(options));
        command.addAll(List.of(
                "-Djavax.net.ssl.trustStore=" + keys,
                "-Djavax.net.ssl.trustStorePassword=" + SECRET,
                "-cp",
                System.getProperty("java.class.path"),
                ProxiedCaller.class.getName(),
                proxy,
                "https://provider.invalid/token"));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (InputStream out = process.getInputStream()) {
            return new String(out.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }

    private Path keys() throws Exception {
        Path keys = folder.resolve("keys.p12");
        Process process = new ProcessBuilder(
                        program("keytool"),
                        "-genkeypair",
                        "-alias",
                        "provider",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=provider.invalid",
                        "-ext",
                        "san=dns:provider.invalid",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        SECRET,
                        "-keystore",
                        keys.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        assertThat(process.waitFor()).isZero();
        return keys;
    }

    private static HttpsServer provider(Path keys, List<String> asked) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, SECRET.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, SECRET.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/token", exchange -> {
            try (exchange) {
                asked.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8) + ", login "
                        + exchange.getRequestHeaders().getFirst("Proxy-Authorization"));
                byte[] body = "{\"access_token\":\"fake\"}".getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
        return server;
    }

    private static String program(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }
}
