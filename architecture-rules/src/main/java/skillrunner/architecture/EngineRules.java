package skillrunner.architecture;

import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/** What the drivers of the engines keep to. */
public final class EngineRules {
    @ArchTest
    public static final ArchRule engine_drivers_touch_no_file = noClasses()
            .that()
            .resideInAPackage("skillrunner.engines..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.nio.file..", "java.net..")
            .because("a driver is pure knowledge and serves all runs at once");

    private EngineRules() {}
}
