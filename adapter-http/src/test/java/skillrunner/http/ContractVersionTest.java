package skillrunner.http;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.http.access.AccessRule;
import skillrunner.http.access.AccessScope;
import skillrunner.http.access.Credentials;
import skillrunner.http.contract.ContractVersion;

import static org.assertj.core.api.Assertions.assertThat;

/** Every answer says which document it keeps to, but not to whom has no password. */
class ContractVersionTest extends HttpTestBed {
    ContractVersionTest(@TempDir Path temporary) {
        super(temporary, Optional.of(new AccessRule(AccessScope.ALL, Credentials.of("admin", "x"))), LEGACY_WORKS);
    }

    @Test
    void answers_and_refusals_say_the_version_of_the_document() throws Exception {
        for (String path : List.of("/v1/skills", "/v1/skills/none", "/nowhere", "/v1/management/runs?limit=x")) {
            HttpResponse<String> answer = send("GET", path, "", "Authorization", BasicAuthTest.basic("admin:x"));
            assertThat(answer.headers().allValues(ContractVersion.HEADER))
                    .as(path)
                    .containsExactly(ContractVersion.VERSION);
        }
        assertThat(send("GET", "/openapi.yaml", "", "Authorization", BasicAuthTest.basic("admin:x"))
                        .body())
                .contains("  version: '" + ContractVersion.VERSION + "'");
    }

    @Test
    void who_has_no_password_learns_no_version() throws Exception {
        assertThat(get("/v1/skills").headers().firstValue(ContractVersion.HEADER))
                .isEmpty();
        assertThat(send("GET", "/v1/skills", "", "Authorization", BasicAuthTest.basic("admin:y"))
                        .headers()
                        .firstValue(ContractVersion.HEADER))
                .isEmpty();
    }
}
