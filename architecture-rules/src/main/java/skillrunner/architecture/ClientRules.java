package skillrunner.architecture;

import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/** What the client of the API keeps to. */
public final class ClientRules {
    @ArchTest
    public static final ArchRule the_client_knows_the_wire_only = noClasses()
            .that()
            .resideInAPackage("skillrunner.client..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "skillrunner.domain..",
                    "skillrunner.application..",
                    "skillrunner.http..",
                    "skillrunner.sqlite..",
                    "skillrunner.process..",
                    "skillrunner.engines..",
                    "skillrunner.oauth..",
                    "skillrunner.delegate..",
                    "skillrunner.manifest..",
                    "skillrunner.files..",
                    "skillrunner.workspace..")
            .because("whoever can be written with it proves that the document says enough for anybody");

    private ClientRules() {}
}
