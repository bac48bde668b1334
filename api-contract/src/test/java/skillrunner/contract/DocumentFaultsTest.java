package skillrunner.contract;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class DocumentFaultsTest {
    @Test
    void a_good_document_has_none() {
        assertThat(DocumentFaults.of(ApiDocument.parse(TestDocument.TEXT))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            description: Nothing.                  | descripion: Nothing.                   | the document
            '#/components/schemas/Wish'            | '#/components/schemas/Wisch'           | refers to #/components/schemas/Wisch
            size: {type: integer}                  | size: {type: integr}                   | schema
            size: 1, owner: null                   | size: one, owner: null                 | example
            size: 1, owner: null                   | size: 1, owner: null, age: 3           | example
            operationId: followThing               | operationId: getThing                  | needs an operationId of its own
            /things/{id}/follow:                   | /things/{key}/follow:                  | describes the parameters [id] of its path
            parameters: {id: $response             | parameters: {key: $response            | gives key to getThing
            $response.body#/name                   | $response.body#/title                  | takes /title
            """)
    void a_fault_is_told(String old, String now, String told) {
        assertThat(String.join("\n", DocumentFaults.of(TestDocument.with(old, now))))
                .contains(told);
    }

    @Test
    void a_body_without_an_example_is_told() {
        assertThat(DocumentFaults.of(TestDocument.with(
                        "schema: {$ref: '#/components/schemas/Wish'}, example: {name: a}",
                        "schema: {$ref: '#/components/schemas/Wish'}")))
                .singleElement()
                .asString()
                .endsWith("has no example");
    }
}
