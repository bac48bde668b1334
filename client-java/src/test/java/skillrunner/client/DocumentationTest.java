package skillrunner.client;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The program of {@code docs/client-java.md} compiles and does what the page says. */
class DocumentationTest {
    private static final Path PAGE = Path.of(Objects.requireNonNull(System.getProperty("skillrunner.repository")))
            .resolve("docs/client-java.md");
    private static final Pattern PROGRAM = Pattern.compile("(?s)```java\n(.*?)```");

    @TempDir
    private Path folder;

    @Test
    void the_program_of_the_page_runs() throws Exception {
        Matcher program = PROGRAM.matcher(Files.readString(PAGE));
        assertThat(program.find()).isTrue();
        Path source = Files.writeString(folder.resolve("FindPrimes.java"), program.group(1));
        compile(source);
        String none = HexFormat.of().formatHex(FollowedOutput.sha256().digest());
        String seven = HexFormat.of().formatHex(FollowedOutput.sha256().digest("7\n".getBytes(StandardCharsets.UTF_8)));
        try (ScriptedServer server = new ScriptedServer()) {
            server.json("/v1/jobs", "{\"request_id\":\"r\",\"cache_hit\":false,\"status\":null,\"warnings\":[]}")
                    .json(
                            "/v1/jobs/r/upload",
                            "{\"request_id\":\"r\",\"cache_hit\":false,\"extracted_files\":[],\"status\":\"queued\",\"warnings\":[]}")
                    .on(
                            "/v1/management/runs/r/events",
                            ScriptedServer.events(
                                    "event: snapshot\ndata: {\"status\":\"succeeded\",\"stdout_offset\":0,\"stderr_offset\":0}\n\n",
                                    "event: stdout\ndata: {\"from\":0,\"to\":2,\"chunk\":\"7\\n\"}\n\n",
                                    "event: end\ndata: {\"reason\":\"terminal\",\"receipt\":{\"attempt\":1,\"exit_code\":0,\"stdout\":{\"bytes\":2,"
                                            + "\"sha256\":\"" + seven + "\"},\"stderr\":{\"bytes\":0,\"sha256\":\""
                                            + none + "\"}}}\n\n"))
                    .json("/v1/jobs/r/result", "{\"request_id\":\"r\",\"result\":{\"data\":{\"primes\":[7]}}}");
            Path numbers = Files.writeString(folder.resolve("numbers"), "4 7");
            assertThat(run(server.address().toString(), numbers.toString()))
                    .isEqualTo("7\nsucceeded, output PROVEN\n{data={primes=[7]}}\n");
        }
    }

    private void compile(Path source) throws Exception {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            StringWriter said = new StringWriter();
            Boolean compiled = compiler.getTask(
                            said,
                            files,
                            null,
                            List.of(
                                    "-proc:none",
                                    "-d",
                                    folder.toString(),
                                    "-cp",
                                    System.getProperty("java.class.path")),
                            null,
                            files.getJavaFileObjects(source))
                    .call();
            assertThat(compiled).as(said.toString()).isTrue();
        }
    }

    private String run(String... arguments) throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
            var main = loader.loadClass("FindPrimes").getDeclaredMethod("main", String[].class);
            main.setAccessible(true);
            main.invoke(null, (Object) arguments);
        } finally {
            System.setOut(before);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
