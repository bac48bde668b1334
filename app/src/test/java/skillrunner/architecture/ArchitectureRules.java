package skillrunner.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.properties.HasOwner;
import com.tngtech.archunit.lang.ArchRule;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import skillrunner.application.storage.StorageFullException;
import skillrunner.domain.run.Run;
import skillrunner.domain.skill.SkillInstall;
import skillrunner.domain.upgrade.UpgradeTask;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * Every rule by name. A rule says why it is there, so that whoever breaks it knows what to do instead.
 *
 * <p>There is no rule that adapters are package-private behind a factory. An adapter's packages follow its capabilities, so
 * a factory for all of them would make them public all the same, and it could not do more than their constructors: each
 * takes what it needs, and only the app calls them. That nobody else can is held by the rules on arrows: the core knows the
 * JDK only, and adapters never see each other.
 */
final class ArchitectureRules {
    static final Map<String, ArchRule> ALL = rules();

    private ArchitectureRules() {}

    static ArchRule named(String name) {
        return Objects.requireNonNull(ALL.get(name));
    }

    private static Map<String, ArchRule> rules() {
        Map<String, ArchRule> rules = new LinkedHashMap<>();
        rules.put(
                "the domain knows the language and itself only",
                classes()
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
                        .because("rules must be testable in microseconds and embeddable anywhere"));
        rules.put(
                "the application knows the domain and the JDK only",
                classes()
                        .that()
                        .resideInAPackage("skillrunner.application..")
                        .should()
                        .onlyDependOnClassesThat()
                        .resideInAnyPackage(
                                "skillrunner.application..", "skillrunner.domain..", "java..", "org.jspecify..")
                        .because("whoever embeds the core must not inherit a library from it"));
        rules.put(
                "the application touches no file, socket, process or database",
                noClasses()
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
                        .because("the outside world is behind ports"));
        rules.put(
                "adapters never see each other",
                slices().matching("skillrunner.(http|sqlite|process|engines|manifest|workspace)..")
                        .should()
                        .notDependOnEachOther()
                        .because("each of them can be replaced; only the app sees all"));
        rules.put(
                "the support of files knows no adapter",
                noClasses()
                        .that()
                        .resideInAPackage("skillrunner.files..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                "skillrunner.http..",
                                "skillrunner.sqlite..",
                                "skillrunner.process..",
                                "skillrunner.engines..",
                                "skillrunner.manifest..",
                                "skillrunner.workspace..",
                                "org.slf4j..")
                        .orShould()
                        .dependOnClassesThat(JavaClass.Predicates.resideInAPackage("skillrunner.application..")
                                .and(DescribedPredicate.not(
                                        JavaClass.Predicates.equivalentTo(StorageFullException.class))))
                        .because("what several adapters stand on must stand on none of them"));
        rules.put(
                "nothing depends on the app",
                noClasses()
                        .that()
                        .resideOutsideOfPackage("skillrunner.app..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("skillrunner.app..")
                        .because("arrows point inward"));
        rules.put(
                "packages form no cycles",
                slices().matching("skillrunner.(*).(*)..")
                        .should()
                        .beFreeOfCycles()
                        .because("a part that can't be understood alone can't be changed alone"));
        rules.put(
                "the web framework stays in its adapter",
                onlyIn("skillrunner.http..", "io.javalin..", "jakarta.servlet..", "org.eclipse.jetty..")
                        .because("routes are thin, and the framework changes more often than the rules"));
        rules.put(
                "SQL stays in its adapter",
                onlyIn("skillrunner.sqlite..", "org.jdbi..", "java.sql..", "org.sqlite..", "org.flywaydb..")
                        .because("the database can be replaced by another one behind the same ports"));
        rules.put(
                "only the process adapter starts processes",
                noClasses()
                        .that()
                        .resideOutsideOfPackage("skillrunner.process..")
                        .should()
                        .dependOnClassesThat()
                        .haveFullyQualifiedName("java.lang.ProcessBuilder")
                        .orShould()
                        .dependOnClassesThat()
                        .haveFullyQualifiedName("java.lang.ProcessHandle")
                        .because("only there is it known how to end what was started"));
        rules.put(
                "engine drivers touch no file",
                noClasses()
                        .that()
                        .resideInAPackage("skillrunner.engines..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("java.nio.file..", "java.net..")
                        .because("a driver is pure knowledge and serves all runs at once"));
        rules.put(
                "only the app asks the clock and makes ids",
                noClasses()
                        .that()
                        .resideOutsideOfPackage("skillrunner.app..")
                        .should()
                        .callMethod(java.time.Instant.class, "now")
                        .orShould()
                        .callMethod(System.class, "currentTimeMillis")
                        .orShould()
                        .callMethod(java.util.UUID.class, "randomUUID")
                        .orShould()
                        .callConstructor(java.util.Random.class)
                        .because("tests set the time and the ids; measuring a span by nanoTime is no clock"));
        rules.put(
                "only the app reads the environment and ends the process",
                noClasses()
                        .that()
                        .resideOutsideOfPackage("skillrunner.app..")
                        .should()
                        .callMethod(System.class, "getenv")
                        .orShould()
                        .callMethod(System.class, "getenv", String.class)
                        .orShould()
                        .callMethod(System.class, "getProperty", String.class)
                        .orShould()
                        .callMethod(System.class, "exit", int.class)
                        .because("configuration has one door, and embedders own their process"));
        rules.put(
                "only the app makes threads",
                noClasses()
                        .that()
                        .resideOutsideOfPackage("skillrunner.app..")
                        .should()
                        .callConstructor(Thread.class, Runnable.class)
                        .orShould()
                        .dependOnClassesThat()
                        .haveFullyQualifiedName("java.util.concurrent.Executors")
                        .because("the port for background work decides what kind of thread there is"));
        rules.put(
                "no mutable static state",
                fields().that()
                        .areStatic()
                        .and()
                        .areDeclaredInClassesThat()
                        .resideInAPackage("skillrunner..")
                        .should()
                        .beFinal()
                        .because("two servers in one process must not meet"));
        rules.put(
                "a run changes its status by its lifecycle only",
                noClasses()
                        .that()
                        .doNotHaveFullyQualifiedName(Run.class.getName())
                        .and()
                        .doNotHaveFullyQualifiedName("skillrunner.sqlite.run.RunRow")
                        .should()
                        .callConstructorWhere(JavaCall.Predicates.target(
                                HasOwner.Predicates.With.owner(JavaClass.Predicates.equivalentTo(Run.class))))
                        .because("a status given to the constructor passes by the table of transitions; besides the run"
                                + " itself only what reads a stored row may name one"));
        rules.put(
                "an upgrade task changes its status by its lifecycle only",
                noClasses()
                        .that()
                        .doNotHaveFullyQualifiedName(UpgradeTask.class.getName())
                        .and()
                        .doNotHaveFullyQualifiedName("skillrunner.sqlite.upgrade.UpgradeRow")
                        .should()
                        .callConstructorWhere(JavaCall.Predicates.target(
                                HasOwner.Predicates.With.owner(JavaClass.Predicates.equivalentTo(UpgradeTask.class))))
                        .because(
                                "a status given to the constructor passes by the table of transitions; besides the task"
                                        + " itself only what reads a stored row may name one"));
        rules.put(
                "an installation changes its status by its lifecycle only",
                noClasses()
                        .that()
                        .doNotHaveFullyQualifiedName(SkillInstall.class.getName())
                        .and()
                        .doNotHaveFullyQualifiedName("skillrunner.sqlite.skill.InstallRow")
                        .should()
                        .callConstructorWhere(JavaCall.Predicates.target(
                                HasOwner.Predicates.With.owner(JavaClass.Predicates.equivalentTo(SkillInstall.class))))
                        .because("a status given to the constructor passes by the table of transitions; besides the"
                                + " installation itself only what reads a stored row may name one"));
        rules.put(
                "wire records stay in their package",
                classes()
                        .that()
                        .resideInAPackage("skillrunner.http..")
                        .and()
                        .haveSimpleNameEndingWith("Json")
                        .should()
                        .bePackagePrivate()
                        .because("the core never sees the shape of the wire"));
        rules.put(
                "names say what a thing does",
                noClasses()
                        .that()
                        .resideInAPackage("skillrunner..")
                        .should()
                        .haveNameMatching(".*(Manager|Helper|Utils?|Impl|Handler|Dto)")
                        .because("such a name fits anything and so explains nothing"));
        return rules;
    }

    private static ArchRule onlyIn(String home, String... packages) {
        return noClasses()
                .that()
                .resideInAPackage("skillrunner..")
                .and()
                .resideOutsideOfPackage(home)
                .and(JavaClass.Predicates.resideOutsideOfPackage("skillrunner.app.."))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages);
    }
}
