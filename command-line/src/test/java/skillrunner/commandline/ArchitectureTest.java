package skillrunner.commandline;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTag;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import skillrunner.architecture.CommandLineRules;
import skillrunner.architecture.RulesOfEveryModule;

@ArchTag("one-jdk")
@AnalyzeClasses(packages = "skillrunner.commandline", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchTests OWN = ArchTests.in(CommandLineRules.class);

    @ArchTest
    static final ArchTests EVERYWHERE = ArchTests.in(RulesOfEveryModule.class);
}
