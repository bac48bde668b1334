package skillrunner.browser;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One window on a server. What a page does behind its reader's back is noted from the first byte on, and {@link #close}
 * fails if there was anything: a request to another host, an error in the console, a breach of the content policy, a dialog
 * of the browser's own.
 */
final class Visit implements AutoCloseable {
    /** Runs before the page's own scripts, in every frame. Not bound by the content policy of the page. */
    private static final String REPORT_BREACHES =
            """
            document.addEventListener('securitypolicyviolation',
                e => skillRunnerTestBreach(e.violatedDirective + ' ' + e.blockedURI + ' ' + e.sample));
            """;

    private static final Set<String> LOCAL_SCHEMES = Set.of("data", "blob", "about");

    private final BrowserContext context;
    private final Page page;
    private final String base;
    private final List<String> oddities = new CopyOnWriteArrayList<>();
    private final List<String> expected = new CopyOnWriteArrayList<>();

    Visit(BrowserContext context, int port) {
        this.context = context;
        this.base = "http://127.0.0.1:" + port;
        context.onRequest(request -> {
            if (!request.url().startsWith(base + "/")
                    && !LOCAL_SCHEMES.contains(URI.create(request.url()).getScheme())) {
                oddities.add("request to another host: " + request.url());
            }
        });
        context.exposeBinding("skillRunnerTestBreach", (source, arguments) -> {
            oddities.add("content policy: " + arguments[0]);
            return null;
        });
        context.addInitScript(REPORT_BREACHES);
        context.setDefaultTimeout(Browser.PATIENCE_MILLIS);
        this.page = another();
    }

    /** Opens one more page in the same window, which is watched like the first. */
    Page another() {
        Page opened = context.newPage();
        opened.onConsoleMessage(this::note);
        opened.onPageError(error -> oddities.add("uncaught: " + error));
        opened.onDialog(this::refuse);
        return opened;
    }

    Page page() {
        return page;
    }

    Locator at(String selector) {
        return page.locator(selector);
    }

    @Nullable
    Response open(String path) {
        return page.navigate(base + path);
    }

    /** Says that messages in the console with this text are part of the test. */
    Visit expecting(String text) {
        expected.add(text);
        return this;
    }

    /** Chooses a theme and waits until the server has taken note of it. */
    void choose(String theme) {
        page.waitForResponse(
                "**/ui/preferences", () -> at("button[value=" + theme + "]").click());
    }

    /** Looks for barriers in both themes. */
    void assertAccessibleInBothThemes() {
        for (String theme : List.of("dark", "light")) {
            choose(theme);
            assertAccessible();
        }
    }

    /** Looks for barriers on the page as it is now. */
    void assertAccessible() {
        // Without frames of other hosts the library need not load itself into a second page to sum up.
        List<String> barriers = new AxeBuilder(page)
                .setLegacyMode(true).analyze().getViolations().stream()
                        .map(Visit::describe)
                        .toList();
        assertThat(barriers).as("barriers on " + page.url()).isEmpty();
    }

    void assertNothingOdd() {
        assertThat(oddities).as("what happened behind the reader's back").isEmpty();
    }

    /** Closes the window. A test that failed already keeps its own failure first. */
    @Override
    public void close() {
        context.close();
        assertNothingOdd();
    }

    private void note(ConsoleMessage message) {
        String text = message.type().toLowerCase(Locale.ROOT) + ": " + message.text();
        if ((text.startsWith("error") || text.startsWith("warning") || text.contains("Content Security Policy"))
                && expected.stream().noneMatch(text::contains)) {
            oddities.add("console " + text + " (" + message.location() + ")");
        }
    }

    private void refuse(Dialog dialog) {
        oddities.add("dialog of the browser: " + dialog.message());
        dialog.dismiss();
    }

    private static String describe(Rule rule) {
        return rule.getId() + " (" + rule.getHelp() + "): "
                + rule.getNodes().stream().map(node -> node.getHtml()).toList();
    }
}
