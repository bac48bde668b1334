package skillrunner.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/** What the HTTP adapter keeps to. Records inside a class belong to it. */
public final class WireRules {
    private static final String WIRE = ".*Json(\\$.*)?";
    private static final String SHOWN = ".*(Pages|Presenter|View|Form)(\\$.*)?";
    private static final Pattern ROUTES = Pattern.compile("skillrunner\\.http\\.(?!legacy\\.).*Routes(\\$.*)?");
    private static final Pattern CORE = Pattern.compile("skillrunner\\.(domain|application)\\..*");

    /** How values of the core are turned into text. */
    private static final Set<String> FORMS = Set.of("wire", "value", "toString");

    /** What every wire record calls something of these kinds. */
    private static final Pattern TYPED = Pattern.compile("at|.*At|status|engine|source|runId|requestId");

    @ArchTest
    public static final ArchRule wire_records_stay_in_their_package = classes()
            .that()
            .resideInAPackage("skillrunner.http..")
            .and()
            .haveSimpleNameEndingWith("Json")
            .should()
            .bePackagePrivate()
            .because("the core never sees the shape of the wire");

    @ArchTest
    public static final ArchRule wire_records_hold_values = fields().that()
            .areDeclaredInClassesThat()
            .haveNameMatching(WIRE)
            .and(DescribedPredicate.describe(
                    "are moments, states, engines or runs",
                    field -> TYPED.matcher(field.getName()).matches()))
            .should()
            .notHaveRawType(String.class)
            .because("a text would have to be parsed back by whoever reads the record");

    @ArchTest
    public static final ArchRule wire_records_leave_the_form_of_values_to_the_wire_format = classes()
            .that()
            .haveNameMatching(WIRE)
            .should(notAccess(
                    "what turns a value of the core into text",
                    access -> access.getTargetOwner().getName().equals("skillrunner.http.WireFormat")
                            || (isOfTheCore(access) && isForm(access))))
            .because("one place knows how a moment, an id or a state is written");

    @ArchTest
    public static final ArchRule pages_know_neither_wire_records_nor_routes = noClasses()
            .that()
            .haveNameMatching(SHOWN)
            .should()
            .dependOnClassesThat()
            .haveNameMatching(WIRE)
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching(ROUTES.pattern())
            .because("a page asks the use case that its route asks, and shows the answer in its own way");

    @ArchTest
    public static final ArchRule routes_serve_clients_only = classes()
            .that()
            .resideInAPackage("skillrunner.http..")
            .should(notAccess(
                    "the routes of others",
                    access -> ROUTES.matcher(access.getTargetOwner().getName()).matches()
                            && !outermost(access.getOriginOwner()).equals(outermost(access.getTargetOwner()))))
            .because("what two of them need is a use case of the core");

    @ArchTest
    public static final ArchRule pages_parse_nothing_back = classes()
            .that()
            .haveNameMatching(SHOWN)
            .and()
            .resideOutsideOfPackage("skillrunner.http.page")
            .should(notAccess(
                    "what parses a text",
                    access -> access.getName().startsWith("parse")
                            || (isOfTheCore(access)
                                    && access.getName().equals("of")
                                    && access.getTarget().getFullName().endsWith("(java.lang.String)"))))
            .because("what a page shows comes as values; parsing it back guesses what was known before; the language"
                    + " and the theme a browser sends are read in the room for all pages");

    private WireRules() {}

    private static boolean isOfTheCore(JavaAccess<?> access) {
        return CORE.matcher(access.getTargetOwner().getName()).matches();
    }

    private static boolean isForm(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        return FORMS.contains(access.getName())
                || (access.getName().equals("name") && owner.isEnum())
                || (access.getName().equals("text") && owner.getSimpleName().equals("CliVersion"));
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(WireRules::outermost).orElse(type);
    }

    private static ArchCondition<JavaClass> notAccess(String what, Predicate<JavaAccess<?>> forbidden) {
        return new ArchCondition<>("not access " + what) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                Stream.concat(
                                type.getAccessesFromSelf().stream(),
                                Stream.concat(
                                        type.getMethodReferencesFromSelf().stream(),
                                        type.getConstructorReferencesFromSelf().stream()))
                        .filter(forbidden)
                        .distinct()
                        .forEach(access -> events.add(SimpleConditionEvent.violated(access, access.getDescription())));
            }
        };
    }
}
