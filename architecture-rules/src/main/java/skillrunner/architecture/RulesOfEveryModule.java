package skillrunner.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.domain.properties.HasOwner;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/** What every module of the product keeps to. A rule that exempts one module is empty there, and passes. */
public final class RulesOfEveryModule {
    private static final String EXAMPLE_CLIENT = "skillrunner.e2eclient..";

    @ArchTest
    public static final ArchRule only_the_app_knows_the_example_client = noClasses()
            .that()
            .resideOutsideOfPackages(EXAMPLE_CLIENT, "skillrunner.app..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(EXAMPLE_CLIENT)
            .because("it is an example of what others build, and the app only starts it")
            .allowEmptyShould(true);

    @ArchTest
    public static final ArchRule nothing_depends_on_the_app = noClasses()
            .that()
            .resideOutsideOfPackage("skillrunner.app..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("skillrunner.app..")
            .because("arrows point inward")
            .allowEmptyShould(true);

    @ArchTest
    public static final ArchRule only_the_app_depends_on_the_embedding = noClasses()
            .that()
            .resideOutsideOfPackages("skillrunner.app..", "skillrunner.embedding..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("skillrunner.embedding..")
            .because("arrows point inward")
            .allowEmptyShould(true);

    @ArchTest
    public static final ArchRule the_embedding_knows_no_wire = noClasses()
            .that()
            .resideInAPackage("skillrunner.embedding..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "skillrunner.http..",
                    "skillrunner.oauth..",
                    "skillrunner.delegate..",
                    "gg.jte..",
                    "java.net.http..",
                    "com.sun.net.httpserver..")
            .because("another program brings its own surface, and none of ours along")
            .allowEmptyShould(true);

    @ArchTest
    public static final ArchRule packages_form_no_cycles = slices().matching("skillrunner.(*).(*)..")
            .should()
            .beFreeOfCycles()
            .because("a part that can't be understood alone can't be changed alone")
            .allowEmptyShould(true);

    @ArchTest
    public static final ArchRule the_web_framework_stays_in_its_adapter = onlyIn(
                    List.of("skillrunner.http..", EXAMPLE_CLIENT),
                    "io.javalin..",
                    "jakarta.servlet..",
                    "org.eclipse.jetty..")
            .because("routes are thin, and the framework changes more often than the rules; the example client is a"
                    + " program of its own")
            .allowEmptyShould(true);

    @ArchTest
    public static final ArchRule sql_stays_in_its_adapter = onlyIn(
                    List.of("skillrunner.sqlite.."), "org.jdbi..", "java.sql..", "org.sqlite..", "org.flywaydb..")
            .because("the database can be replaced by another one behind the same ports")
            .allowEmptyShould(true);

    @ArchTest
    public static final ArchRule files_are_moved_in_the_room_for_files_only = noClasses()
            .that()
            .resideOutsideOfPackages("skillrunner.files..", "skillrunner.e2eclient.recording..", "skillrunner.client")
            .should()
            .callMethodWhere(FileCalls.named("move"))
            .because("a rename is a step of a protocol: in one step, and on the disk if it must be; only there is known"
                    + " which. The example client and the client for Java, which share nothing, have their own")
            .allowEmptyShould(true);

    @ArchTest
    public static final ArchRule files_are_read_whole_in_the_room_for_files_only = noClasses()
            .that()
            .resideOutsideOfPackages("skillrunner.files..", "skillrunner.http..", "skillrunner.process.table..")
            .and()
            .doNotHaveFullyQualifiedName("skillrunner.embedding.settings.MachineProbe")
            .should()
            .callMethodWhere(
                    FileCalls.named("readAllBytes", "readString", "readAllLines", "lines", "newBufferedReader"))
            .because("whatever lies in the place of a file may have no end or be a pipe; the kernel's own files and the"
                    + " bodies that the server itself laid aside are read where they are known")
            .allowEmptyShould(true);

    @ArchTest
    public static final ArchRule only_the_process_adapter_starts_processes = noClasses()
            .that()
            .resideOutsideOfPackage("skillrunner.process..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.lang.ProcessBuilder")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.lang.ProcessHandle")
            .because("only there is it known how to end what was started")
            .allowEmptyShould(true);

    @ArchTest
    public static final ArchRule only_the_wiring_asks_the_clock_and_makes_ids = noClasses()
            .that()
            .resideOutsideOfPackages("skillrunner.app..", "skillrunner.embedding.background..")
            .should()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(java.util.UUID.class, "randomUUID")
            .orShould()
            .callConstructor(java.util.Random.class)
            .orShould()
            .callMethodWhere(
                    DescribedPredicate.describe("ask a clock of the system", RulesOfEveryModule::asksASystemClock))
            .because("tests set the time and the ids; measuring a span by nanoTime is no clock")
            .allowEmptyShould(true);

    @ArchTest
    public static final ArchRule only_the_app_reads_the_environment_and_ends_the_process = noClasses()
            .that()
            .resideOutsideOfPackage("skillrunner.app..")
            .and()
            .haveNameNotMatching("skillrunner\\.embedding\\.(storage\\.LibraryFolder|settings\\.StorageSettings)")
            .should()
            .callMethod(System.class, "getenv")
            .orShould()
            .callMethod(System.class, "getenv", String.class)
            .orShould()
            .callMethod(System.class, "getProperty", String.class)
            .orShould()
            .callMethod(System.class, "exit", int.class)
            .because(
                    "configuration has one door, and embedders own their process; libraries of the system know no other way to be told"
                            + " their folder, and Java none to tell the home of its user")
            .allowEmptyShould(true);

    @ArchTest
    public static final ArchRule only_the_wiring_makes_threads = noClasses()
            .that()
            .resideOutsideOfPackages("skillrunner.app..", "skillrunner.embedding.background..")
            .should()
            .callConstructor(Thread.class, Runnable.class)
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.concurrent.Executors")
            .because("the port for background work decides what kind of thread there is")
            .allowEmptyShould(true);

    @ArchTest
    public static final ArchRule no_mutable_static_state = fields().that()
            .areStatic()
            .and()
            .areDeclaredInClassesThat()
            .resideInAPackage("skillrunner..")
            .should()
            .beFinal()
            .because("two servers in one process must not meet");

    @ArchTest
    public static final ArchRule a_run_changes_its_status_by_its_lifecycle_only =
            onlyMadeBy("skillrunner.domain.run.Run", "skillrunner.sqlite.run.RunRow");

    @ArchTest
    public static final ArchRule a_temporary_request_changes_its_status_by_its_lifecycle_only =
            onlyMadeBy("skillrunner.domain.run.TempRequest", "skillrunner.sqlite.run.TempRequestRow");

    @ArchTest
    public static final ArchRule an_upgrade_task_changes_its_status_by_its_lifecycle_only =
            onlyMadeBy("skillrunner.domain.upgrade.UpgradeTask", "skillrunner.sqlite.upgrade.UpgradeRow");

    @ArchTest
    public static final ArchRule an_installation_changes_its_status_by_its_lifecycle_only =
            onlyMadeBy("skillrunner.domain.skill.SkillInstall", "skillrunner.sqlite.skill.InstallRow");

    @ArchTest
    public static final ArchRule names_say_what_a_thing_does = noClasses()
            .that()
            .resideInAPackage("skillrunner..")
            .should()
            .haveNameMatching(".*(Manager|Helper|Utils?|Impl|Handler|Dto)")
            .because("such a name fits anything and so explains nothing");

    private RulesOfEveryModule() {}

    private static boolean asksASystemClock(JavaCall<?> call) {
        return call.getTargetOwner().isEquivalentTo(java.time.Clock.class)
                && call.getName().startsWith("system");
    }

    private static ArchRule onlyIn(List<String> homes, String... packages) {
        return noClasses()
                .that()
                .resideInAPackage("skillrunner..")
                .and()
                .resideOutsideOfPackages(homes.toArray(String[]::new))
                .and(JavaClass.Predicates.resideOutsideOfPackage("skillrunner.app.."))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages);
    }

    private static ArchRule onlyMadeBy(String type, String storedRow) {
        return noClasses()
                .that()
                .doNotHaveFullyQualifiedName(type)
                .and()
                .doNotHaveFullyQualifiedName(storedRow)
                .should()
                .callConstructorWhere(
                        JavaCall.Predicates.target(HasOwner.Predicates.With.owner(HasName.Predicates.name(type))))
                .because("a status given to the constructor passes by the table of transitions; besides the type itself"
                        + " only what reads a stored row may name one");
    }
}
