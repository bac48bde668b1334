package skillrunner.json;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTag;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import skillrunner.architecture.RulesOfEveryModule;

@ArchTag("one-jdk")
@AnalyzeClasses(packages = "skillrunner.json", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchTests EVERYWHERE = ArchTests.in(RulesOfEveryModule.class);
}
