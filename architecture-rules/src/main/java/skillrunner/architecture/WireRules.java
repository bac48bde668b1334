package skillrunner.architecture;

import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

/** What the HTTP adapter keeps to. */
public final class WireRules {
    @ArchTest
    public static final ArchRule wire_records_stay_in_their_package = classes()
            .that()
            .resideInAPackage("skillrunner.http..")
            .and()
            .haveSimpleNameEndingWith("Json")
            .should()
            .bePackagePrivate()
            .because("the core never sees the shape of the wire");

    private WireRules() {}
}
