package skillrunner.browser;

import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The chromium of this machine, without a window. To be used by one thread only, as its driver demands. All tests of a process share it: their
 * windows share nothing, and to start it takes longer than most tests.
 */
final class Browser {
    /** How long a condition may take to come true, however busy the machine is. */
    static final double PATIENCE_MILLIS = 60_000;

    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final List<String> ARGUMENTS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            // Whatever a page asks for, no other machine is asked.
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1");

    private static @Nullable Browser shared;

    private final com.microsoft.playwright.Browser chromium;

    private Browser(com.microsoft.playwright.Browser chromium) {
        this.chromium = chromium;
    }

    /** Returns the browser, which is started for the first test that needs one and ends with its process. */
    static Browser shared() {
        if (shared == null) {
            shared = start();
        }
        return shared;
    }

    private static Browser start() {
        Path program = program();
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        try {
            Browser started = new Browser(playwright
                    .chromium()
                    .launch(new BrowserType.LaunchOptions()
                            .setExecutablePath(program)
                            .setArgs(ARGUMENTS)));
            Runtime.getRuntime().addShutdownHook(new Thread(playwright::close));
            return started;
        } catch (RuntimeException e) {
            playwright.close();
            throw e;
        }
    }

    /** Opens a window that shares nothing with any other: no cookie, no stored choice. */
    Visit visit(int port) {
        return visit(port, options -> {});
    }

    /** Opens such a window for a reader of another kind. */
    Visit visit(int port, Consumer<com.microsoft.playwright.Browser.NewContextOptions> reader) {
        var options = new com.microsoft.playwright.Browser.NewContextOptions()
                .setLocale("en-US")
                .setViewportSize(1280, 900)
                .setServiceWorkers(com.microsoft.playwright.options.ServiceWorkerPolicy.BLOCK);
        reader.accept(options);
        return new Visit(chromium.newContext(options), port);
    }

    private static Path program() {
        return Stream.of(Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator, -1))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "a chromium on the PATH is needed (Debian: apt install chromium fonts-noto-cjk)"));
    }
}
