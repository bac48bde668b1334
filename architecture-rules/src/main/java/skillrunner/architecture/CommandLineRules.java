package skillrunner.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/** What the commands of users keep to. */
public final class CommandLineRules {
    @ArchTest
    public static final ArchRule the_command_line_knows_the_wire_only = noClasses()
            .that()
            .resideInAPackage("skillrunner.commandline..")
            .should()
            .dependOnClassesThat(JavaClass.Predicates.resideInAPackage("skillrunner..")
                    .and(JavaClass.Predicates.resideOutsideOfPackages(
                            "skillrunner.commandline..", "skillrunner.client..")))
            .because("it may run on another machine than the server, and be of another version");

    private CommandLineRules() {}
}
