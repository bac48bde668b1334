package skillrunner.workspace.prompt;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.workspace.budget.Budget;
import skillrunner.workspace.json.JacksonJson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Tag("one-jdk")
class JinjaTemplatesTest {
    private final JinjaTemplates templates = new JinjaTemplates(new JacksonJson());
    private final JinjaTemplates hasty =
            new JinjaTemplates(new JacksonJson(), new Budget(Duration.ofMillis(500), 64L << 20));

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            textBlock =
                    """
                    Hello {{ input.name }}!  => Hello World!
                    {{ input['name'] }}  => World
                    [{{ missing }}{{ input.missing }}{{ missing.deep.er }}]  => []
                    {{ input.tags }}  => ["a","b"]
                    {{ input.options }}  => {"deep":{"x":[1]},"on":true}
                    {{ input.options.deep }}  => {"x":[1]}
                    {% for t in input.tags %}<{{ t }}>{% endfor %}  => <a><b>
                    {% for k, v in input.options.items() %}{{ k }};{% endfor %}  => on;deep;
                    {% if input.name == 'World' %}yes{% else %}no{% endif %}  => yes
                    {% if missing %}yes{% elif input.tags %}tags{% endif %}  => tags
                    {{ input.name | upper }}  => WORLD
                    {{ input.name | default('x') }}-{{ missing | default('x') }}  => World-x
                    {{ input.tags | join(', ') }}  => a, b
                    {{ input.count + 1 }}  => 4
                    {# a comment #}text  => text
                    {% raw %}{{ input.name }}{% endraw %}  => {{ input.name }}
                    """)
    void it_speaks_the_jinja_that_skills_use(String template, String text) {
        assertThat(templates.render(template, variables())).isEqualTo(text);
    }

    @Test
    void what_stands_in_a_variable_is_never_a_template() {
        Map<String, Object> variables = Map.of(
                "input",
                Map.of("text", "{{ secret }} {% for i in x %} {# c #}", "list", List.of("{{ secret }}")),
                "secret",
                "leaked");

        assertThat(templates.render("{{ input.text }}|{{ input.list }}|{{ input.list[0] }}", variables))
                .isEqualTo("{{ secret }} {% for i in x %} {# c #}|[\"{{ secret }}\"]|{{ secret }}");
    }

    @Test
    void text_is_not_escaped_for_a_browser() {
        assertThat(templates.render("{{ t }}", Map.of("t", "<a href=\"x\">'&'</a>")))
                .isEqualTo("<a href=\"x\">'&'</a>");
    }

    @Test
    void a_null_prints_as_nothing_and_inside_a_list_as_json() {
        Map<String, Object> variables = new HashMap<>();
        variables.put("none", null);
        variables.put("list", Arrays.asList(1, null));

        assertThat(templates.render("[{{ none }}]{{ list }}", variables)).isEqualTo("[][1,null]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ ''.getClass() }}",
                "{{ ''.class }}",
                "{{ ''['class'] }}",
                "{{ ''.__class__ }}",
                "{{ ''.__class__.__mro__ }}",
                "{{ input.getClass() }}",
                "{{ input.class.name }}",
                "{{ input.tags.getClass().getName() }}",
                "{{ input.count.getClass() }}",
                "{{ input.tags.json }}",
                "{{ ____int3rpr3t3r____.config }}",
                "{{ ____int3rpr3t3r____.getContext() }}",
                "{{ input.name.getBytes() }}",
                "{{ 'java.'.concat('x') }}",
                "{{ 'java.'.repeat(1000000000) }}",
                "{{ 'a'.concat('b').getClass().forName('java.lang.Runtime') }}"
            })
    void no_java_object_can_be_reached(String template) {
        assertThat(rendered(template))
                .doesNotContain("java.")
                .doesNotContain("jinjava")
                .doesNotContain("skillrunner")
                .doesNotContain("[B@");
    }

    /** Whoever writes a template knows Jinja, and what it is made with is nobody's business. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ 'x' * 999999999 }}",
                "{{ 1 / 0 }}",
                "{{ 1 % 0 }}",
                "{{ 'a' + {} - 1 }}",
                "{{ -'x' }}",
                "{{ text.getClass() }}",
                "{{ parameter.getClass() }}",
                "{{ parameter.list.getClass() }}",
                "{{ 'x'.toUpperCase() }}",
                "{{ range('a') }}",
                "{{ 'x'|round('a') }}",
                "{{ 'x'|int('a')|multiply('b') }}",
                "{{ 1|format_number }}",
                "{{ nothing() }}",
                "{{ 'x'|nothing }}",
                "{{ 'x' is nothing }}",
                "{{ 'x'|datetimeformat(1, 2, 3) }}",
                "{% for a in 1 %}x{% endfor %}",
                "{% for %}{% endfor %}",
                "{% set %}",
                "{% include '/etc/passwd' %}",
                "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
                "{% block a %}",
                "{% nonsense %}",
                "{{ 1 + }}",
                "{{ [1, }}"
            })
    void a_refusal_names_no_class_and_no_line_that_is_not_there(String template) {
        assertThat(refusal(template, Map.of("text", "x", "parameter", Map.of("list", List.of(1)))))
                .doesNotContain("java", "hubspot", "Exception", "class", "interface", "line -", "line 0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{% include '/etc/passwd' %}",
                "{% import '/etc/passwd' as x %}{{ x }}",
                "{% from '/etc/passwd' import x %}",
                "{% extends '/etc/passwd' %}"
            })
    void no_other_file_can_be_reached(String template) {
        assertThatIllegalArgumentException().isThrownBy(() -> templates.render(template, Map.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{% if a %}", "{% nonsense %}", "{{ 1 + }}"})
    void a_broken_template_is_refused_with_its_place(String template) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> templates.render("one\n" + template, variables()))
                .withMessageContaining("line 2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{% if a %}",
                "{% nonsense %}",
                "{{ 1 + }}",
                "{{ input. }}",
                "{{ input.file",
                "{{ input.file %}",
                "{{ 'input }}",
                "{# all of the rest",
                "100 %{% endif %}",
            })
    void what_is_broken_whatever_the_values_is_found_without_them(String template) {
        assertThat(templates.broken("one\n" + template))
                .hasValueSatisfying(said -> assertThat(said).contains("line 2").doesNotContain("jinjava", "Exception"));
    }

    @Test
    void what_would_reach_another_file_is_broken() {
        assertThat(templates.broken("{% include 'x' %}"))
                .hasValueSatisfying(said -> assertThat(said).contains("include"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain {words} of 100 %",
                "a { b }} c %} d #} {{ '{{' }}",
                "{% raw %}{{ a {% b {# c{% endraw %}",
                "{{ input.file }} {{ parameter.count | round }} {{ parameter.when | datetimeformat('%Y') }}",
                "{% for k, v in parameter.items() %}{{ k }}={{ v|upper }}{% endfor %}",
                "{% for i in range(parameter.n) %}{{ i / parameter.d }}{% endfor %}",
                "{{ parameter.list[0].name | replace('a', 'b') }} {{ 1 / parameter.zero }}",
                "{% if parameter.a > 3 %}{{ parameter.a + 'x' }}{% else %}{{ params_json | tojson }}{% endif %}",
            })
    void what_only_lacks_values_is_not_broken(String template) {
        assertThat(templates.broken(template)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{% for a in range(1000) %}{% for b in range(1000) %}{% for c in range(1000) %}xxxxxxxx"
                        + "{% endfor %}{% endfor %}{% endfor %}",
                "{% for a in range(100000000) %}x{% endfor %}",
                "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
                "{% set l = [1,2,3,4] %}{% for a in range(60) %}{% set l = l + l %}{% endfor %}x",
                "{% set x = 'xxxxxxxxxxxxxxxx' %}{% for a in range(60) %}{% set x = x ~ x %}{% endfor %}{{ x }}"
            })
    void what_would_not_end_is_cut_off(String template) {
        assertThat(rendered(template)).hasSizeLessThanOrEqualTo(4 << 20);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{% for a in range(1000) %}{% for b in range(1000) %}{% for c in range(1000) %}{% if a %}{% endif %}"
                        + "{% endfor %}{% endfor %}{% endfor %}"
            })
    void what_takes_too_much_is_given_up_with_a_reason(String template) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> hasty.render(template, variables()))
                .withMessageStartingWith("it ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ '%999999999d'|format(1) }}",
                "{{ '%-99999999s|'|format('a') }}",
                "{{ '%.99999999f'|format(1.5) }}",
                "{{ 'a'|center(99999999) }}",
                "{{ 'a'|center('99999999') }}",
                "{{ 'a'|center(width=99999999) }}",
                "{{ 'a'|indent(99999999, true) }}",
                "{{ 'a'|indent(width=99999999, indentfirst=true) }}",
                "{{ big|replace('a', '\n')|indent(10000) }}",
                "{{ [1]|batch(99999999, 'x') }}",
                "{{ 1.5|round(9999999) }}",
                "{{ '1e99999999'|round(1) }}",
                "{{ '1e99999999'|add(1) }}",
                "{{ 1|add('1e99999999') }}",
                "{{ 1.5|multiply('1e9999999')|add(1) }}",
                "{{ far|add(1) }}",
                "{{ ['1e99999999', 1]|sum }}",
                "{{ [{'a': far}, {'a': 1}]|sum('a') }}",
                "{{ big|replace('a', big) }}",
                "{{ big|regex_replace('a', big) }}"
            })
    void a_filter_that_would_make_much_of_little_is_refused_before_it_begins(String template) {
        Map<String, Object> variables = Map.of("big", "a".repeat(1 << 20), "far", new BigDecimal("1e99999999"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> templates.render("one\n" + template, variables))
                .withMessageStartingWith("line 2: the filter '")
                .withMessageContaining("asked for too much");
        assertThat(busyForeignThreads()).isEmpty();
    }

    @Test
    void a_number_from_far_away_prints_as_it_is_and_is_not_written_out_by_sums() {
        Map<String, Object> variables =
                Map.of("input", Map.of("x", new BigDecimal("1e99999999"), "y", new BigDecimal("1e-99999999")));

        assertThat(templates.render("{{ input.x }} {{ input.y }}", variables)).isEqualTo("1E+99999999 1E-99999999");
        for (String sum :
                List.of("x + 1", "x * 2 - x", "x // 3", "x % 7", "-x", "1 - x", "x ** 2", "x > 1", "x == 1")) {
            assertThat(rendered("{{ input." + sum + " }}", variables)).as(sum).hasSizeLessThan(1_000);
        }
        assertThat(busyForeignThreads()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            textBlock =
                    """
                    {{ '%5d'|format(3) }}|  => '    3|'
                    {{ '%.2f of 12345'|format(1.5) }}  => 1.50 of 12345
                    {{ 'a'|center(5) }}|  => '  a  |'
                    {{ 'ab'|replace('a', '1000000') }}  => 1000000b
                    {{ 1.256|round(2) }}  => 1.26
                    {{ 1000000|add(1) }}  => 1000001
                    {{ [1, 2]|sum }}  => 3
                    """)
    void the_same_filters_do_what_they_are_for(String template, String text) {
        assertThat(templates.render(template, Map.of())).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ %s }}",
                "{% if %s %}x{% endif %}",
                "{% set x = %s %}",
                "{% for a in %s %}{% endfor %}",
                "{{ '}}' ~ %s }}"
            })
    void brackets_nested_without_end_are_refused_and_take_no_thread(String template) {
        String brackets = "(".repeat(300_000) + "1" + ")".repeat(300_000);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> templates.render(template.replace("%s", brackets), variables()))
                .withMessageContaining("brackets");
        assertThat(busyForeignThreads()).isEmpty();
    }

    @Test
    void a_template_nested_without_end_is_refused_or_rendered_but_does_no_harm() {
        String deep = "{% if 1 %}".repeat(100_000) + "x" + "{% endif %}".repeat(100_000);
        String brackets = "{{ " + "(".repeat(100_000) + "1" + ")".repeat(100_000) + " }}";

        assertThat(List.of(rendered(deep), rendered(brackets))).allMatch(text -> text.length() < 100);
    }

    private static List<String> busyForeignThreads() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(entry -> entry.getKey().getName().startsWith("foreign-code-"))
                .filter(entry -> Arrays.stream(entry.getValue())
                        .anyMatch(frame -> frame.getClassName().startsWith("com.hubspot")))
                .map(entry -> entry.getKey().getName())
                .toList();
    }

    private String rendered(String template) {
        return rendered(template, variables());
    }

    private String rendered(String template, Map<String, Object> variables) {
        try {
            return templates.render(template, variables);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** Returns an empty text if nothing is refused. */
    private String refusal(String template, Map<String, Object> variables) {
        try {
            templates.render(template, variables);
            return "";
        } catch (IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static Map<String, Object> variables() {
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("on", true);
        options.put("deep", Map.of("x", List.of(1)));
        return Map.of("input", Map.of("name", "World", "tags", List.of("a", "b"), "options", options, "count", 3));
    }
}
