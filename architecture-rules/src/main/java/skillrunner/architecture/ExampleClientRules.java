package skillrunner.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/** What the example client keeps to. */
public final class ExampleClientRules {
    private static final String CLIENT = "skillrunner.e2eclient..";

    @ArchTest
    public static final ArchRule the_example_client_knows_the_wire_only = noClasses()
            .that()
            .resideInAPackage(CLIENT)
            .should()
            .dependOnClassesThat(JavaClass.Predicates.resideInAPackage("skillrunner..")
                    .and(JavaClass.Predicates.resideOutsideOfPackages(CLIENT, "skillrunner.client..")))
            .because("it shows what a front end of somebody else can do, and somebody else has nothing but the wire");

    @ArchTest
    public static final ArchRule one_room_asks_the_server = noClasses()
            .that()
            .resideInAPackage(CLIENT)
            .and()
            .resideOutsideOfPackages("skillrunner.e2eclient", "skillrunner.e2eclient.backend..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.net.http..", "skillrunner.client..")
            .because("there answers are bounded and refusals become one kind of exception");

    @ArchTest
    public static final ArchRule a_replay_cannot_ask_the_server = noClasses()
            .that()
            .haveSimpleName("RecordingPages")
            .or()
            .resideInAPackage("skillrunner.e2eclient.recording..")
            .should()
            .dependOnClassesThat()
            .haveSimpleName("Backend")
            .because("a recording is shown as it was, whatever has become of the run");

    private ExampleClientRules() {}
}
