package skillrunner.benchmarks;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The page of the API's document in chromium, with what earlier visits leave in the profile of a reader: files, and the program as it was
 * compiled, which a browser keeps from the second visit on. Usable means: from the start of the navigation until the groups of operations
 * are in the page and have been drawn.
 */
final class DocsPage implements Measurement {
    private static final int VISITS = 9;
    private static final int EARLIER_VISITS = 4;
    private static final double MILLIS_TO_KEEP_A_PROGRAM = 2_000;
    private static final double TARGET_MILLIS = 500;

    private static final String WATCH =
            """
            const watch = () => document.querySelector('.opblock-tag')
              ? requestAnimationFrame(() => { window.usableAt = performance.now(); })
              : requestAnimationFrame(watch);
            requestAnimationFrame(watch);
            """;

    @Override
    public List<Figure> take(Installation installation) throws IOException, InterruptedException {
        Path data = installation.newData("docs");
        try (RunningServer server = RunningServer.start(installation, data);
                Playwright playwright = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                BrowserContext context = playwright
                        .chromium()
                        .launchPersistentContext(
                                data.resolveSibling(data.getFileName() + "-profile"),
                                new BrowserType.LaunchPersistentContextOptions()
                                        .setExecutablePath(Path.of("/usr/bin/chromium"))
                                        .setArgs(List.of(
                                                "--no-sandbox", "--disable-gpu", "--disable-background-networking")))) {
            context.addInitScript(WATCH);
            Page page = context.newPage();
            Samples millis = new Samples();
            for (int visit = -EARLIER_VISITS; visit < VISITS; visit++) {
                page.navigate("http://127.0.0.1:" + server.port() + "/docs");
                page.waitForCondition(() -> page.evaluate("window.usableAt") != null);
                if (visit < 0) {
                    page.waitForTimeout(MILLIS_TO_KEEP_A_PROGRAM);
                } else {
                    millis.add(((Number) page.evaluate("window.usableAt")).doubleValue());
                }
            }
            return List.of(Figure.judged(
                    "page of the API usable, median of " + VISITS,
                    String.format(Locale.ROOT, "%.0f ms", millis.median()),
                    "under 500 ms",
                    millis.median() < TARGET_MILLIS));
        } finally {
            Folders.delete(data);
            Folders.delete(data.resolveSibling(data.getFileName() + "-profile"));
        }
    }
}
