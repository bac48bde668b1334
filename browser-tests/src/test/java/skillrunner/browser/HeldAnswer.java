package skillrunner.browser;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.util.ArrayList;
import java.util.List;

/** The server's answer to the next request of a page for an address, on its way until it is let go. */
final class HeldAnswer {
    private final Page page;
    private final List<Runnable> held = new ArrayList<>();

    /** Holds the first answer from now on; all that follow arrive. */
    HeldAnswer(Page page, String address) {
        this.page = page;
        page.route(address, route -> {
            if (held.isEmpty()) {
                APIResponse answer = route.fetch();
                held.add(() -> route.fulfill(new Route.FulfillOptions().setResponse(answer)));
            } else {
                route.resume();
            }
        });
    }

    /** Waits until the server has answered. */
    void await() {
        page.waitForCondition(() -> !held.isEmpty());
    }

    void letGo() {
        held.get(0).run();
    }
}
