package skillrunner.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import java.nio.file.Files;
import java.util.Set;

/** Calls of the JDK's methods for files. */
final class FileCalls {
    private FileCalls() {}

    /** Calls of methods of {@link Files} that have one of these names. */
    static DescribedPredicate<JavaMethodCall> named(String... names) {
        Set<String> all = Set.of(names);
        return DescribedPredicate.describe(
                "call one of Files." + all,
                call -> call.getTargetOwner().isEquivalentTo(Files.class) && all.contains(call.getName()));
    }
}
