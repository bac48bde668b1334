package skillrunner.http;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTag;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import skillrunner.architecture.AdapterRules;
import skillrunner.architecture.RulesOfEveryModule;
import skillrunner.architecture.WireRules;

@ArchTag("one-jdk")
@AnalyzeClasses(packages = "skillrunner.http", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchTests EVERYWHERE = ArchTests.in(RulesOfEveryModule.class);

    @ArchTest
    static final ArchTests OF_ADAPTERS = ArchTests.in(AdapterRules.class);

    @ArchTest
    static final ArchTests OF_WIRE = ArchTests.in(WireRules.class);
}
