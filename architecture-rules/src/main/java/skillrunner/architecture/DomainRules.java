package skillrunner.architecture;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.domain.properties.HasOwner;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/** What the domain keeps to. */
public final class DomainRules {
    @ArchTest
    public static final ArchRule the_domain_knows_the_language_and_itself_only = classes()
            .that()
            .resideInAPackage("skillrunner.domain..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "skillrunner.domain..",
                    "java.lang..",
                    "java.util",
                    "java.util.function",
                    "java.util.regex",
                    "java.util.stream",
                    "java.time..",
                    "java.math",
                    "org.jspecify..")
            .because("rules must be testable in microseconds and embeddable anywhere");

    @ArchTest
    public static final ArchRule only_a_run_makes_its_changes = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("skillrunner.domain.run.Run")
            .and()
            .doNotHaveFullyQualifiedName("skillrunner.domain.run.RunChange")
            .should()
            .callConstructorWhere(JavaCall.Predicates.target(
                    HasOwner.Predicates.With.owner(HasName.Predicates.name("skillrunner.domain.run.RunChange"))))
            .because("a change that its run did not make passes by the table of transitions");

    private DomainRules() {}
}
