package skillrunner.benchmarks;

import com.microsoft.playwright.Browser;
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
 * The page of a run in chromium, with caches filled by an earlier visit. Usable means: from the start of the navigation to
 * the first rows of output in the page; everything else is there before. Smooth means: the time between two pictures while
 * the whole output is scrolled through.
 */
final class RunPage implements Measurement {
    private static final int LARGE_BYTES = 10 * 1024 * 1024;
    private static final int VISITS = 9;
    private static final double USABLE_TARGET_MILLIS = 300;
    /** Three pictures of a screen with 60 a second; a longer gap is seen. */
    private static final double FRAME_TARGET_MILLIS = 50;

    private static final String WATCH =
            """
            const watch = () => document.querySelector('.log-row')
              ? requestAnimationFrame(() => { window.usableAt = performance.now(); })
              : requestAnimationFrame(watch);
            requestAnimationFrame(watch);
            """;
    private static final String SCROLL =
            """
            async () => {
              const log = document.querySelector('#log-stdout');
              document.querySelector('#follow').click();
              const gaps = [];
              let rows = 0;
              let before = await new Promise(requestAnimationFrame);
              for (let step = 0; step < 300; step += 1) {
                log.scrollTop = (log.scrollHeight * step) / 300;
                const now = await new Promise(requestAnimationFrame);
                gaps.push(now - before);
                before = now;
                rows = Math.max(rows, log.querySelectorAll('.log-row').length);
              }
              gaps.sort((a, b) => a - b);
              return [gaps[150], gaps[297], rows];
            }
            """;

    @Override
    public List<Figure> take(Installation installation) throws IOException, InterruptedException {
        Path data = installation.newData("page");
        Path lines = data.resolve("lines.jsonl");
        CodexLines.write(lines, LARGE_BYTES);
        try (RunningServer server = RunningServer.start(installation, data);
                Playwright playwright = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                Browser browser = playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(Path.of("/usr/bin/chromium"))
                                .setArgs(
                                        List.of("--no-sandbox", "--disable-gpu", "--disable-background-networking")))) {
            String small = server.run("answer");
            server.await(small, "succeeded", 60);
            String large = server.run("cat " + lines + " " + data.resolve("times"));
            server.await(large, "succeeded", 60);
            try (BrowserContext context = browser.newContext()) {
                context.addInitScript(WATCH);
                Page page = context.newPage();
                double smallMillis = usable(page, server, small);
                double largeMillis = usable(page, server, large);
                page.locator("#load-all").click();
                page.waitForCondition(
                        () -> "true".equals(page.locator("#output").getAttribute("data-complete")),
                        new Page.WaitForConditionOptions().setTimeout(60_000));
                List<?> scrolled = (List<?>) page.evaluate(SCROLL);
                double typical = ((Number) scrolled.get(0)).doubleValue();
                double longest = ((Number) scrolled.get(1)).doubleValue();
                return List.of(
                        Figure.judged(
                                "run page with 10 MB of output usable, median of " + VISITS,
                                shown(largeMillis),
                                "under 300 ms",
                                largeMillis < USABLE_TARGET_MILLIS),
                        Figure.information(
                                "the same against a run with 300 bytes",
                                String.format(
                                        Locale.ROOT, "%.2f times (%.0f ms)", largeMillis / smallMillis, smallMillis)),
                        Figure.judged(
                                "scrolling through all of it, 99 of 100 pictures",
                                shown(longest) + " apart (typically " + shown(typical) + ")",
                                "under 50 ms",
                                longest < FRAME_TARGET_MILLIS),
                        Figure.information("most rows in the page meanwhile", String.valueOf(scrolled.get(2))));
            }
        } finally {
            Folders.delete(data);
        }
    }

    private static double usable(Page page, RunningServer server, String request) {
        Samples millis = new Samples();
        for (int visit = -1; visit < VISITS; visit++) {
            page.navigate("http://127.0.0.1:" + server.port() + "/ui/runs/" + request);
            page.waitForCondition(() -> page.evaluate("window.usableAt") != null);
            if (visit >= 0) {
                millis.add(((Number) page.evaluate("window.usableAt")).doubleValue());
            }
        }
        return millis.median();
    }

    private static String shown(double millis) {
        return String.format(Locale.ROOT, "%.0f ms", millis);
    }
}
