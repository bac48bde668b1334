package skillrunner.oauth;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Which address goes through which proxy. */
class ProxyRulesTest {
    @Test
    void without_variables_nothing_goes_through_one() {
        assertThat(ProxyRules.UNSET.isUnset()).isTrue();
        assertThat(ProxyRules.UNSET.proxyOf(URI.create("https://provider.invalid/")))
                .isEmpty();
        assertThat(ProxyRules.UNSET.proxies()).isEmpty();
        assertThat(rules("https_proxy", " ", "HTTPS_PROXY", "").isUnset()).isTrue();
        assertThat(rules("NO_PROXY", "*").isUnset()).isTrue();
    }

    /** The variables of an address, and the one that counts. */
    @ParameterizedTest
    @CsvSource({
        "https, HTTPS_PROXY, HTTPS_PROXY",
        "https, https_proxy HTTPS_PROXY, https_proxy",
        "https, ALL_PROXY, ALL_PROXY",
        "https, all_proxy ALL_PROXY, all_proxy",
        "https, ALL_PROXY HTTPS_PROXY, HTTPS_PROXY",
        "https, all_proxy HTTPS_PROXY, HTTPS_PROXY",
        "https, HTTP_PROXY, ''",
        "https, http_proxy, ''",
        "http, HTTP_PROXY, HTTP_PROXY",
        "http, http_proxy HTTP_PROXY, http_proxy",
        "http, ALL_PROXY, ALL_PROXY",
        "http, ALL_PROXY HTTP_PROXY, HTTP_PROXY",
        "http, HTTPS_PROXY, ''",
    })
    void an_address_has_the_variable_of_its_scheme(String scheme, String set, String counts) {
        Map<String, String> variables = new HashMap<>();
        for (String name : set.split(" ")) {
            variables.put(name, "http://" + name.replace('_', '-') + ".invalid:1");
        }
        assertThat(rules(variables)
                        .proxyOf(URI.create(scheme + "://provider.invalid/path"))
                        .map(ProxyAddress::variable)
                        .orElse(""))
                .isEqualTo(counts);
    }

    @ParameterizedTest
    @CsvSource({
        "http://proxy.invalid:3128, proxy.invalid, 3128",
        "HTTP://proxy.invalid:3128/, proxy.invalid, 3128",
        "proxy.invalid:3128, proxy.invalid, 3128",
        "proxy_1, proxy_1, 80",
        "http://proxy.invalid, proxy.invalid, 80",
        "http://10.0.0.1:8080, 10.0.0.1, 8080",
        "http://[::1]:8080, ::1, 8080",
        "http://[fd00::1], fd00::1, 80",
        "http://user:pass@proxy.invalid:3128, proxy.invalid, 3128",
    })
    void a_proxy_has_a_host_and_a_port(String value, String host, int port) {
        ProxyAddress proxy = proxy(value);
        assertThat(proxy.host()).isEqualTo(host);
        assertThat(proxy.port()).isEqualTo(port);
    }

    @ParameterizedTest
    @CsvSource({
        "user:pass, user, pass",
        "user, user, ''",
        "user:, user, ''",
        ":pass, '', pass",
        "user:a:b, user, a:b",
        "dom%5Cuser:p%40ss%3A%C3%A9, dom\\user, p@ss:é",
        "user:p@ss/w#rd?, user, p@ss/w#rd?",
        "user:100%, user, 100%",
        "user:100%4, user, 100%4",
        "user:%zz%, user, %zz%",
    })
    void user_and_password_stand_as_they_are_or_in_codes(String typed, String user, String password) {
        for (String scheme : new String[] {"http://", ""}) {
            ProxyAddress proxy = proxy(scheme + typed + "@proxy.invalid:3128");
            assertThat(proxy.login()).contains(new ProxyAddress.Login(user, password));
            assertThat(proxy.host()).isEqualTo("proxy.invalid");
        }
    }

    @Test
    void a_login_is_sent_in_the_basic_way_and_never_shown() {
        ProxyAddress proxy = proxy("http://user:hidden@proxy.invalid:3128");
        assertThat(proxy.login().orElseThrow().authorization()).isEqualTo("Basic dXNlcjpoaWRkZW4=");
        assertThat(proxy.toString() + proxy.login())
                .doesNotContain("hidden", "user")
                .contains("proxy.invalid:3128");
        assertThat(proxy("http://[fd00::1]:8080")).hasToString("[fd00::1]:8080");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://",
                "http://:3128",
                "http://proxy.invalid:0",
                "http://proxy.invalid:65536",
                "http://proxy.invalid:hidden",
                "http://user:hidden@",
                "http://user:hidden",
                "http://pro xy:3128",
                "http://proxy.invalid:3128/hidden",
                "http://[hidden]:3128",
                "http://[::1:3128",
                "http://a,b:1",
            })
    void what_can_be_no_proxy_is_refused_without_its_value(String value) {
        assertThatThrownBy(() -> rules("HTTPS_PROXY", value))
                .isInstanceOfSatisfying(
                        BadProxyException.class, it -> assertThat(it.variable()).isEqualTo("HTTPS_PROXY"))
                .hasMessageStartingWith("HTTPS_PROXY is no address of a proxy: ")
                .hasMessageNotContaining("hidden");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"socks5://127.0.0.1:1080", "socks5h://user:hidden@proxy:1", "https://proxy:3128", "SOCKS://x"})
    void what_others_may_speak_counts_as_none_and_is_told(String value) {
        ProxyRules rules = rules("all_proxy", value);
        assertThat(rules.isUnset()).isTrue();
        assertThat(rules.unusable()).containsExactly("all_proxy");
        ProxyRules beside = rules("ALL_PROXY", value, "HTTPS_PROXY", "proxy.invalid:1");
        assertThat(beside.proxies()).hasSize(1);
        assertThat(beside.proxyOf(URI.create("http://provider.invalid/"))).isEmpty();
    }

    @Test
    void one_proxy_for_both_is_one() {
        assertThat(rules("ALL_PROXY", "http://proxy.invalid:1").proxies()).hasSize(1);
        assertThat(rules("HTTPS_PROXY", "a:1", "HTTP_PROXY", "b:1").proxies())
                .extracting(ProxyAddress::host)
                .containsExactly("a", "b");
    }

    /** An entry, an address and whether it is reached without the proxy. */
    @ParameterizedTest
    @CsvSource({
        "*, https://provider.invalid/, true",
        "provider.invalid, https://provider.invalid/, true",
        "PROVIDER.invalid, https://Provider.Invalid/, true",
        "provider.invalid, https://auth.provider.invalid/, true",
        "provider.invalid, https://otherprovider.invalid/, false",
        ".provider.invalid, https://auth.provider.invalid/, true",
        ".provider.invalid, https://provider.invalid/, true",
        "*.provider.invalid, https://auth.provider.invalid/, true",
        "provider.invalid., https://provider.invalid/, true",
        "provider.invalid, https://provider.invalid./, true",
        "auth.provider.invalid, https://provider.invalid/, false",
        "invalid, https://provider.invalid/, true",
        "., https://provider.invalid/, false",
        "provider.invalid:443, https://provider.invalid/, true",
        "provider.invalid:8443, https://provider.invalid/, false",
        "provider.invalid:8443, https://provider.invalid:8443/, true",
        ".provider.invalid:80, http://auth.provider.invalid/, true",
        "provider.invalid:80, https://provider.invalid/, false",
        "10.1.2.3, https://10.1.2.3/, true",
        "10.1.2.3, https://10.1.2.4/, false",
        "2.3, https://10.1.2.3/, false",
        "10.1.2.3:443, https://10.1.2.3/, true",
        "10.1.2.3:1, https://10.1.2.3/, false",
        "10.0.0.0/8, https://10.1.2.3/, true",
        "10.0.0.0/8, https://11.1.2.3/, false",
        "10.1.2.2/31, https://10.1.2.3/, true",
        "10.1.2.2/32, https://10.1.2.3/, false",
        "0.0.0.0/0, https://10.1.2.3/, true",
        "0.0.0.0/0, https://[fd00::1]/, false",
        "10.0.0.0/33, https://10.1.2.3/, false",
        "10.0.0.0/x, https://10.1.2.3/, false",
        "10.0.0.0/8, https://provider.invalid/, false",
        "fd00::1, https://[fd00::1]/, true",
        "[fd00::1], https://[fd00:0::1]/, true",
        "[fd00::1]:443, https://[fd00::1]/, true",
        "[fd00::1]:1, https://[fd00::1]/, false",
        "fd00::2, https://[fd00::1]/, false",
        "fd00::/8, https://[fd12::1]/, true",
        "300.1.1.1, https://10.1.2.3/, false",
        "'', https://localhost/, true",
        "'', https://api.localhost/, true",
        "'', https://127.0.0.1/, true",
        "'', https://127.9.9.9:1/, true",
        "'', https://[::1]/, true",
        "'', https://[::ffff:127.0.0.1]/, true",
        "'', https://localhost.invalid/, false",
        "'', https://10.1.2.3/, false",
    })
    void what_is_exempt_is_reached_without_one(String entry, URI target, boolean exempt) {
        for (String name : new String[] {"NO_PROXY", "no_proxy"}) {
            for (String value : new String[] {entry, "other.example , " + entry + ",", "other.example " + entry}) {
                ProxyRules rules = rules("ALL_PROXY", "http://proxy.invalid:1", name, value);
                assertThat(rules.proxyOf(target).isEmpty()).as(value).isEqualTo(exempt);
            }
        }
    }

    @Test
    void rules_of_the_same_values_are_equal_and_their_words_hold_no_login() {
        String[] pairs = {"HTTPS_PROXY", "http://user:hidden@p:1", "NO_PROXY", "a.invalid", "all_proxy", "socks5://s"};
        assertThat(rules(pairs))
                .isEqualTo(rules(pairs))
                .hasSameHashCodeAs(rules(pairs))
                .hasToString("ProxyRules[p:1]");
        assertThat(rules(pairs)).isNotEqualTo(rules("HTTPS_PROXY", "http://user:other@p:1"));
    }

    @Test
    void small_letters_count_more_for_what_is_exempt_as_well() {
        ProxyRules rules = rules("ALL_PROXY", "p:1", "NO_PROXY", "*", "no_proxy", "a.invalid");
        assertThat(rules.proxyOf(URI.create("https://b.invalid/"))).isPresent();
        assertThat(rules.proxyOf(URI.create("https://a.invalid/"))).isEmpty();
    }

    private static ProxyAddress proxy(String value) {
        return rules("HTTPS_PROXY", value)
                .proxyOf(URI.create("https://provider.invalid/"))
                .orElseThrow();
    }

    private static ProxyRules rules(String... pairs) {
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            variables.put(pairs[i], pairs[i + 1]);
        }
        return rules(variables);
    }

    private static ProxyRules rules(Map<String, String> variables) {
        return ProxyRules.read(name -> Optional.ofNullable(variables.get(name)));
    }
}
