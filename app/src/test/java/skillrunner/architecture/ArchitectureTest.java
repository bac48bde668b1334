package skillrunner.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class ArchitectureTest {
    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("testkit") && !location.contains("stand-in"))
            .importPackages("skillrunner");

    @ParameterizedTest
    @MethodSource("names")
    void the_product_keeps(String rule) {
        assertThat(PRODUCT.size()).isGreaterThan(150);
        ArchitectureRules.named(rule).check(PRODUCT);
    }

    static Stream<String> names() {
        return ArchitectureRules.ALL.keySet().stream();
    }
}
