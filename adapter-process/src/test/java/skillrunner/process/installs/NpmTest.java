package skillrunner.process.installs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import skillrunner.application.engine.CredentialFile;
import skillrunner.application.engine.EngineCli;
import skillrunner.application.engine.InstalledPackage;
import skillrunner.application.engine.ModelSource;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.engine.SandboxStatus;
import skillrunner.process.binaries.InstalledBinaries;
import skillrunner.process.command.BoundedCommand;
import skillrunner.testkit.cli.ScriptedNpm;
import skillrunner.testkit.engine.TestEngineCli;

import static org.assertj.core.api.Assertions.assertThat;

/** How npm is called, and what is kept of what it did. */
class NpmTest {
    private static final String DIGEST = "sha512-" + "A".repeat(86) + "==";

    @TempDir
    Path folder;

    private final EngineCli plain = new TestEngineCli(EngineId.CODEX);
    private final EngineCli scripted = new CliWithScripts(new TestEngineCli(EngineId.OPENCODE));
    private Path prefix;
    private ScriptedNpm npm;
    private Map<String, String> environment;

    @BeforeEach
    void prepare() throws IOException {
        prefix = folder.resolve("npm");
        npm = ScriptedNpm.install(folder.resolve("path"));
        Files.createDirectories(folder.resolve("user"));
        environment = new HashMap<>(Map.of("PATH", folder.resolve("path") + ":/usr/bin:/bin"));
    }

    @Test
    void a_cli_that_needs_no_scripts_is_installed_without_any() {
        install(plain, Map.of());

        assertThat(arguments()).contains("--ignore-scripts").doesNotContain("--allow-scripts");
    }

    @ParameterizedTest
    @CsvSource({
        "10.9.2, false",
        "11.19.1, false",
        "12.0.0, true",
        "12.2.2, true",
        "13.0.0-pre.1, true",
        "unknown, false"
    })
    void the_scripts_of_the_package_itself_are_allowed_where_npm_asks_for_that(String version, boolean asks) {
        npm.isOf((asks ? "npm notice 99.9.9 is out\n" : "") + version);

        install(scripted, Map.of(EngineId.OPENCODE, "@mirror/opencode@1.2.3"));

        assertThat(arguments()).doesNotContain("--ignore-scripts");
        assertThat(arguments().contains("\n--allow-scripts=@mirror/opencode\n@mirror/opencode@1.2.3\n"))
                .isEqualTo(asks);
    }

    @Test
    void what_an_agent_writes_into_its_home_or_the_prefix_has_no_effect() throws IOException {
        for (String place : List.of("home/.npmrc", "npm/.npmrc", "npm/etc/npmrc", "npm/package.json")) {
            Path planted = folder.resolve(place);
            Files.createDirectories(planted.getParent());
            Files.writeString(planted, "registry=http://127.0.0.1:9/\n");
        }

        install(plain, Map.of());

        assertThat(npm.lastCall())
                .contains("\nHOME=" + folder.resolve("user") + "\n")
                .contains("\n--global\n")
                .doesNotContainIgnoringCase("npm_config_userconfig")
                .doesNotContainIgnoringCase("npm_config_globalconfig")
                .doesNotContainIgnoringCase("npm_config_cache")
                .contains("--prefix\n" + prefix.resolve("versions/codex"));
    }

    @Test
    void an_operator_without_a_home_to_write_to_gets_a_cache_beside_the_versions() {
        Npm calls = new Npm(
                new InstallSettings(prefix, folder.resolve("nowhere"), Map.of(), Duration.ofMinutes(1)), binaries());

        calls.install(folder.resolve("path/npm").toString(), plain, folder.resolve("target"))
                .run();

        assertThat(npm.lastCall()).contains("NPM_CONFIG_CACHE=" + prefix.resolve("cache"));
    }

    @Test
    void the_version_npm_resolved_and_the_digest_are_kept() {
        npm.first(EngineId.CODEX, manifest("\"version\": \"0.1.9\", \"_integrity\": \"" + DIGEST + "\""));

        Installation installation = install(plain, Map.of());

        assertThat(installation.remark()).contains("Installed @test/codex@0.1.9 (" + DIGEST + ")");
        assertThat(installer(Map.of()).list(plain)).singleElement().satisfies(version -> assertThat(version.from())
                .contains(new InstalledPackage("@test/codex", "0.1.9", Optional.of(DIGEST))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "'\"version\": 1';none",
                "'\"version\": \"../../x\"';none",
                "'\"version\": \"1.0.0\", \"_integrity\": \"<script>\"';1.0.0",
                "'\"version\": ';none"
            })
    void a_package_that_says_nonsense_of_itself_is_installed_without_a_record_of_it(String said, String version) {
        npm.first(EngineId.CODEX, manifest(said));

        Installation installation = install(plain, Map.of());

        assertThat(installation.error()).isEmpty();
        assertThat(installer(Map.of()).list(plain).get(0).from().map(InstalledPackage::version))
                .isEqualTo(version.equals("none") ? Optional.empty() : Optional.of(version));
        assertThat(installation.remark()).isEmpty();
    }

    @Test
    void npm_itself_is_asked_for_the_digest() throws IOException {
        Path real = Files.createDirectories(folder.resolve("node_modules/npm/bin"));
        Files.writeString(
                real.resolveSibling("package.json"), "{\n  \"version\": \"12.0.0\",\n  \"name\": \"npm\",\n}");
        Path program = real.resolve("npm-cli.js");
        Files.writeString(
                program,
                "#!/bin/sh\nif [ \"$1\" = view ]; then echo \"$3 $4\" >" + folder + "/asked; echo " + DIGEST
                        + "; exit; fi\nexec " + folder.resolve("path/npm") + " \"$@\"\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createDirectories(folder.resolve("link"));
        Files.createSymbolicLink(folder.resolve("link/npm"), program);
        environment.put("PATH", folder.resolve("link") + ":/usr/bin:/bin");
        npm.first(EngineId.CODEX, manifest("\"version\": \"0.1.9\""));

        Installation installation = install(plain, Map.of());

        assertThat(installation.remark()).contains("Installed @test/codex@0.1.9 (" + DIGEST + ")");
        assertThat(folder.resolve("asked")).hasContent("@test/codex@0.1.9 dist.integrity");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "'echo \"node: bad option\" >&2; exit 9'; 'it ended with code 9, saying \"node: bad option\"'",
                "'printf \"/x/cli.js:1\\n\\nError: Cannot find module y\\n    at z\\n\\nNode.js v20\\n\" >&2; exit 1';"
                        + " 'it ended with code 1, saying \"Error: Cannot find module y\"'",
                "'echo sorry; exit 1'; 'it ended with code 1, saying \"sorry\"'",
                "'echo hello'; 'it named no version, saying \"hello\"'",
                "'exit 3'; 'it ended with code 3'",
                "'printf \"\\033[31mno\\tway\\033[0m\" >&2; exit 1'; 'it ended with code 1, saying \"no way\"'"
            })
    void a_new_cli_that_dies_fails_with_its_own_words_and_none_of_an_earlier_version(String shell, String words) {
        npm.installs(EngineId.CODEX, shell);

        Installation installation = install(plain, Map.of());

        assertThat(installation.error()).contains("The new version does not answer --version: " + words);
        assertThat(installation.code()).isEqualTo(1);
        assertThat(prefix.resolve("bin/codex")).doesNotExist();
    }

    @Test
    void all_that_a_dying_cli_wrote_is_among_the_diagnostics() {
        npm.installs(EngineId.CODEX, "echo one >&2; echo two >&2; exit 1");

        assertThat(install(plain, Map.of()).remark()).contains("one\ntwo");
    }

    private static String manifest(String members) {
        return "mkdir -p \"$prefix/lib/node_modules/@test/codex\"; printf '%s' '{\"name\": \"x\", " + members
                + "}' >\"$prefix/lib/node_modules/@test/codex/package.json\"";
    }

    private Installation install(EngineCli cli, Map<EngineId, String> packages) {
        return installer(packages).install(cli, BoundedCommand::run);
    }

    private CliInstaller installer(Map<EngineId, String> packages) {
        return new CliInstaller(
                new InstallSettings(prefix, folder.resolve("user"), packages, Duration.ofMinutes(1)),
                binaries(),
                Clock.systemUTC());
    }

    private InstalledBinaries binaries() {
        return new InstalledBinaries(prefix, folder.resolve("home"), environment);
    }

    /** The arguments of the last call, one a line. */
    private String arguments() {
        String call = npm.lastCall();
        return call.substring(0, call.indexOf("\n\n") + 1);
    }

    /** A CLI that does not work before its scripts have run. */
    private record CliWithScripts(EngineCli cli) implements EngineCli {
        @Override
        public EngineId engine() {
            return cli.engine();
        }

        @Override
        public String npmPackage() {
            return cli.npmPackage();
        }

        @Override
        public boolean needsInstallScripts() {
            return true;
        }

        @Override
        public List<String> binaryNames() {
            return cli.binaryNames();
        }

        @Override
        public List<String> homeFolders() {
            return cli.homeFolders();
        }

        @Override
        public Map<String, String> homeFiles() {
            return cli.homeFiles();
        }

        @Override
        public List<CredentialFile> credentials() {
            return cli.credentials();
        }

        @Override
        public List<String> signInArguments() {
            return cli.signInArguments();
        }

        @Override
        public SandboxStatus sandbox(boolean signedIn) {
            return cli.sandbox(signedIn);
        }

        @Override
        public ModelSource models() {
            return cli.models();
        }
    }
}
