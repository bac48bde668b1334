package skillrunner.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/**
 * What every adapter keeps to.
 *
 * <p>There is no rule that adapters are package-private behind a factory. An adapter's packages follow its capabilities, so
 * a factory for all of them would make them public all the same, and it could not do more than their constructors: each
 * takes what it needs, and only the app calls them. That nobody else can is held by the rules on arrows: the core knows the
 * JDK only, and adapters never see each other.
 */
public final class AdapterRules {
    private static final Pattern ADAPTER = Pattern.compile(
            "(skillrunner\\.(?:http|mcp|sqlite|process|engines|oauth|delegate|manifest|workspace))(?:\\..*)?");

    @ArchTest
    public static final ArchRule adapters_never_see_each_other = classes()
            .that()
            .resideInAPackage("skillrunner..")
            .should(notDependOnAnotherAdapter())
            .because("each of them can be replaced; only the app sees all");

    /** The output and the records of runs are the server's own, and so is what stands here by name. */
    private static final String KNOWN_FILES = "skillrunner\\.workspace\\.run\\.(StoredFiles|OutputPart)(\\$.*)?";

    @ArchTest
    public static final ArchRule what_others_may_have_made_is_opened_by_the_opener = noClasses()
            .that()
            .resideInAPackage("skillrunner.workspace..")
            .and()
            .haveNameNotMatching(KNOWN_FILES)
            .should()
            .callMethodWhere(FileCalls.named("newInputStream", "newByteChannel"))
            .orShould()
            .callMethod(FileChannel.class, "open", Path.class, OpenOption[].class)
            .because("in a workspace or a package a name may lead anywhere")
            .allowEmptyShould(true);

    @ArchTest
    public static final ArchRule a_data_directory_that_is_gone_is_not_made_again = noClasses()
            .that()
            .resideInAPackage("skillrunner..")
            .and(resideInAnAdapter())
            .should()
            .callMethodWhere(FileCalls.named("createDirectories"))
            .because("DurableFiles makes no folder that is kept, such as the data directory")
            .allowEmptyShould(true);

    @ArchTest
    public static final ArchRule exact_numbers_are_read_in_the_room_for_json_only = noClasses()
            .that()
            .resideInAPackage("skillrunner..")
            .and(resideInAnAdapter())
            .should()
            .accessFieldWhere(DescribedPredicate.describe(
                    "have floats read as decimals",
                    access -> access.getTarget().getName().equals("USE_BIG_DECIMAL_FOR_FLOATS")))
            .because(
                    "a number whose exponent fits into nothing is an exception of the JDK otherwise, which nobody expects of a"
                            + " parser; ExactJson makes it one of the parser's")
            .allowEmptyShould(true);

    private AdapterRules() {}

    private static DescribedPredicate<JavaClass> resideInAnAdapter() {
        return DescribedPredicate.describe(
                "reside in an adapter", type -> adapter(type).isPresent());
    }

    private static ArchCondition<JavaClass> notDependOnAnotherAdapter() {
        return new ArchCondition<>("not depend on another adapter") {
            @Override
            public void check(JavaClass from, ConditionEvents events) {
                Optional<String> home = adapter(from);
                if (home.isEmpty()) {
                    return;
                }
                for (Dependency arrow : from.getDirectDependenciesFromSelf()) {
                    Optional<String> other = adapter(arrow.getTargetClass());
                    if (other.isPresent() && !other.equals(home)) {
                        events.add(SimpleConditionEvent.violated(arrow, arrow.getDescription()));
                    }
                }
            }
        };
    }

    private static Optional<String> adapter(JavaClass type) {
        return Optional.of(ADAPTER.matcher(type.getPackageName()))
                .filter(Matcher::matches)
                .map(match -> match.group(1));
    }
}
