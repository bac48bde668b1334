package skillrunner.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import skillrunner.acceptance.TestSkill;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** The document of the API as a page, on which it can be tried. */
class DocsPageIT extends ScriptedPages {
    /** What is wrong with operations of which only what they refer to is looked at: those that link to others, and the largest. */
    private static final String RESOLVED_BY_PARTS =
            """
            async () => {
              const { partOf } = await import(new URL('document-part.js', document.querySelector('script[type=module]').src));
              const shown = window.SwaggerUIBundle({ domNode: document.createElement('div') });
              shown.specActions.updateSpec(await (await fetch('/openapi.yaml')).text());
              const whole = shown.specSelectors.specJson().toJS();
              const { resolveSubtree } = shown.getSystem().fn;
              const resolved = async (document, path) => resolveSubtree(document, path, { baseDoc: location.href });
              const operations = Object.entries(whole.paths).flatMap(([path, methods]) => Object.keys(methods)
                .filter((method) => JSON.stringify(methods[method].responses ?? {}).includes('"links"'))
                .map((method) => ['paths', path, method]));
              const wrong = [];
              for (const operation of operations) {
                const { spec, errors } = await resolved(partOf(whole, operation), operation);
                if (errors.length || !spec.responses || JSON.stringify(spec).includes('"$ref"')) {
                  wrong.push(`${operation.slice(1)}: ${JSON.stringify(errors).slice(0, 200)}`);
                }
              }
              const largest = ['paths', '/v1/jobs', 'post'];
              const asWhole = JSON.stringify(await resolved(whole, largest));
              const same = JSON.stringify(await resolved(partOf(whole, largest), largest)) === asWhole;
              return { operations: operations.length, wrong, same };
            }
            """;

    private static final String NARROWEST_WORDS =
            "Math.floor(Math.min(...[...document.querySelectorAll('.opblock-tag small')].map((words) => words.clientWidth)))";

    @Override
    void prepare() throws IOException {
        TestSkill.install(home);
    }

    @Test
    void an_operation_is_opened_tried_and_answered_under_the_policy_of_the_page() {
        try (Visit visit = browser.visit(server.port())) {
            visit.open("/docs");
            visit.at("#operations-tag-Skills").click();
            Locator operation = visit.at("#operations-Skills-getSkill");
            operation.locator(".opblock-summary-control").click();
            operation.locator(".try-out__btn").click();
            operation.locator("[data-param-name=skill_id] input").fill(TestSkill.ID);
            operation.locator(".execute").click();

            Locator answer = operation.locator(".live-responses-table");
            assertThat(answer.locator(".response-col_status").last()).containsText("200");
            assertThat(answer.locator(".highlight-code").first()).containsText("\"id\": \"scripted\"");
            visit.assertNothingOdd();
        }
    }

    @Test
    void a_body_is_sent_as_it_was_written() {
        try (Visit visit = browser.visit(server.port())) {
            visit.open("/docs#/Jobs/explainJob");
            Locator operation = visit.at("#operations-Jobs-explainJob");
            operation.locator(".try-out__btn").click();
            operation.locator("textarea.body-param__text").fill("{\"skill_id\": \"none\"}");
            operation.locator(".execute").click();

            Locator answer = operation.locator(".live-responses-table");
            assertThat(answer.locator(".response-col_status").last()).containsText("200");
            assertThat(answer.locator(".highlight-code").first()).containsText("SKILL_NOT_FOUND");
            visit.assertNothingOdd();
        }
    }

    @Test
    void a_program_that_does_not_come_is_told_and_the_page_does_not_stay_empty() {
        try (Visit visit = browser.visit(server.port())) {
            visit.expecting("Failed to load resource");
            visit.page().route("**/swagger-ui-bundle.js", Route::abort);
            visit.open("/docs");

            assertThat(visit.at("#api-failed")).isVisible();
            assertThat(visit.at("#api-loading")).isHidden();
        }
    }

    @Test
    void each_operation_is_shown_out_of_the_part_of_the_document_that_it_needs() {
        try (Visit visit = browser.visit(server.port())) {
            visit.open("/docs");
            assertThat(visit.at("#operations-tag-Skills")).isVisible();

            Map<?, ?> found = (Map<?, ?>) visit.page().evaluate(RESOLVED_BY_PARTS);

            assertThat((List<?>) found.get("wrong")).isEmpty();
            assertThat((Integer) found.get("operations")).isGreaterThan(5);
            assertThat(found.get("same")).isEqualTo(true);
            visit.assertNothingOdd();
        }
    }

    @Test
    void a_document_that_does_not_come_is_told_too() {
        try (Visit visit = browser.visit(server.port())) {
            visit.expecting("Failed to load resource");
            visit.page().route("**/openapi.json", Route::abort);
            visit.open("/docs");

            assertThat(visit.at("#api-failed")).isVisible();
            assertThat(visit.at("#api-loading")).isHidden();
        }
    }

    @Test
    void a_schema_is_opened() {
        try (Visit visit = browser.visit(server.port())) {
            visit.open("/docs");
            visit.at("section.models .models-control").click();
            Locator schema = visit.at("section.models article").first();
            schema.locator(".json-schema-2020-12-accordion").first().click();

            assertThat(schema).containsText("RFC 3339 in UTC");
            visit.assertNothingOdd();
        }
    }

    @Test
    void what_names_the_examples_and_headers_of_an_operation_is_readable_in_the_dark() {
        try (Visit visit = browser.visit(server.port(), reader -> reader.setColorScheme(ColorScheme.DARK))) {
            visit.open("/docs#/Jobs/createJob");

            String text = (String) visit.page().evaluate("getComputedStyle(document.body).color");
            assertThat(visit.at(".examples-select__section-label").first()).hasCSS("color", text);
            assertThat(visit.at("td.header-col").first()).hasCSS("color", text);
            visit.assertNothingOdd();
        }
    }

    @ParameterizedTest
    @CsvSource({"420, dark", "420, light", "380, dark", "1280, dark", "1280, light"})
    void a_link_to_an_operation_shows_it(int width, String scheme) {
        try (Visit visit = browser.visit(server.port(), reader -> reader.setViewportSize(width, 800)
                .setColorScheme(ColorScheme.valueOf(scheme.toUpperCase(Locale.ROOT))))) {
            visit.open("/docs#/Jobs/createJob");

            Locator operation = visit.at("#operations-Jobs-createJob");
            assertThat(operation.locator(".opblock-body")).isVisible();
            assertThat(operation).isInViewport();
            assertThat(visit.at(".swagger-ui .info .title")).isVisible();
            assertThat((int) visit.page().evaluate("document.documentElement.scrollWidth"))
                    .isLessThanOrEqualTo(width);
            assertThat((int) visit.page().evaluate(NARROWEST_WORDS))
                    .as("what a group is about is not set in a column of single letters")
                    .isGreaterThan(150);
            visit.assertNothingOdd();
        }
    }
}
