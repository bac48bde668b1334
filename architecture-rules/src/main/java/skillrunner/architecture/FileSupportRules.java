package skillrunner.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/** What the support of the file adapters keeps to. */
public final class FileSupportRules {
    @ArchTest
    public static final ArchRule the_support_of_files_knows_no_adapter = noClasses()
            .that()
            .resideInAPackage("skillrunner.files..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "skillrunner.http..",
                    "skillrunner.mcp..",
                    "skillrunner.sqlite..",
                    "skillrunner.process..",
                    "skillrunner.engines..",
                    "skillrunner.oauth..",
                    "skillrunner.delegate..",
                    "skillrunner.manifest..",
                    "skillrunner.workspace..",
                    "org.slf4j..")
            .orShould()
            .dependOnClassesThat(JavaClass.Predicates.resideInAPackage("skillrunner.application..")
                    .and(not(HasName.Predicates.nameMatching(
                            "skillrunner\\.application\\.storage\\.Storage(Full|Fault)Exception"))))
            .because("what several adapters stand on must stand on none of them");

    private FileSupportRules() {}
}
