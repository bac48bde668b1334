package skillrunner.architecture;

import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/** What use cases and ports keep to. */
public final class ApplicationRules {
    @ArchTest
    public static final ArchRule the_application_knows_the_domain_and_the_jdk_only = classes()
            .that()
            .resideInAPackage("skillrunner.application..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("skillrunner.application..", "skillrunner.domain..", "java..", "org.jspecify..")
            .because("whoever embeds the core must not inherit a library from it");

    @ArchTest
    public static final ArchRule the_application_touches_no_file_socket_process_or_database = noClasses()
            .that()
            .resideInAPackage("skillrunner.application..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.nio.file..", "java.net..", "java.sql..", "javax..")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.lang.ProcessBuilder")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.lang.ProcessHandle")
            .because("the outside world is behind ports");

    @ArchTest
    public static final ArchRule the_wings_of_runs_form_no_cycle = slices().matching(
                    "skillrunner.application.run.(*)..")
            .should()
            .beFreeOfCycles()
            .because("admission, cache, turn, process, output, result and execution are read one at a time");

    @ArchTest
    public static final ArchRule the_root_of_runs_knows_no_wing = noClasses()
            .that()
            .resideInAPackage("skillrunner.application.run")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("skillrunner.application.run.*..")
            .because("what every wing stands on must stand on none of them");

    private ApplicationRules() {}
}
