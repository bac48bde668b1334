package skillrunner.http;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class EnginePagesGoneTest extends EngineTestBed {
    EnginePagesGoneTest(@TempDir Path temporary) {
        super(temporary, Set.of(), true);
    }

    @Test
    void a_withdrawn_address_names_the_one_that_works() throws Exception {
        HttpResponse<String> gone = get("/ui/engines/table");

        assertThat(gone.statusCode()).isEqualTo(410);
        assertThat(gone.body()).contains("/ui/management/engines/table");
        assertThat(gone.headers().firstValue("Deprecation")).hasValue("true");
        assertThat(get("/ui/management/engines/table").statusCode()).isEqualTo(200);
    }
}
