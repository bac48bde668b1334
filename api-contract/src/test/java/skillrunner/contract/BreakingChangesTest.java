package skillrunner.contract;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class BreakingChangesTest {
    private static final ApiDocument BEFORE = ApiDocument.parse(TestDocument.TEXT);

    @Test
    void a_document_breaks_nothing_of_itself() {
        assertThat(BreakingChanges.between(BEFORE, BEFORE)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
            /things/{id}/follow:               | /things/{id}/followed:                    | GET /things/{id}/follow: is gone
            size: {type: integer}\\n            | size: {type: string}\\n                    | GET /things/{id}: the answer 200/size was integer and is string
            size: {type: integer}\\n            | size: {type: [integer, 'null']}\\n         | GET /things/{id}: the answer 200/size was integer and is integer or null
            required: [size, owner]            | required: [size]                          | GET /things/{id}: the answer 200/owner may be missing now
            size: {type: integer}\\n            | weight: {type: integer}\\n                 | GET /things/{id}: the answer 200/size is gone
            '204': {description: Nothing.}     | '404': {description: Nothing.}            | GET /things/{id}: the status 204 is gone
            {required: true, schema: {type: s  | {schema: {type: s                         | GET /things/{id}: the header ETag of 200 may be missing now
            schema: {enum: [red, blue]}        | schema: {enum: [red]}                     | GET /things/{id}: the parameter query colour does not take "blue" any more
            name: colour, in: query            | name: color, in: query                    | GET /things/{id}: the parameter query colour is gone
            in: query, schema                  | in: query, required: true, schema         | GET /things/{id}: the parameter query colour has to be there now
            {name: {type: string}, size        | {name: {type: integer}, size              | POST /things/new: the body/name was string and is integer
            operationId: makeThing\\n      requestBody: | operationId: makeThing\\n      requestBody:\\n        required: true | POST /things/new: a body has to be there now
            x-events: {moved:                  | x-events: {went:                          | GET /things/{id}/follow: the event moved is gone
            """)
    void what_breaks_clients_is_told(String old, String now, String told) {
        assertThat(BreakingChanges.between(BEFORE, TestDocument.with(lines(old), lines(now))))
                .extracting(BreakingChanges.Breach::toString)
                .contains(told);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
            '204': {description: Nothing.}     | '204': {description: Nothing at all.}
            '204': {description: Nothing.}     | '204': {description: Nothing.}\\n        '404': {description: Gone.}
            schema: {enum: [red, blue]}        | schema: {enum: [red, blue, green]}
            size: {type: integer}\\n            | size: {type: integer}\\n            weight: {type: integer}\\n
            {name: {type: string}, size        | {name: {type: [string, 'null']}, colour: {type: string}, size
            /things/{id}/follow:               | /things/{thing}/follow:
            x-events: {moved:                  | x-events: {went: {type: string}, moved:
            """)
    void what_is_new_or_wider_breaks_nothing(String old, String now) {
        assertThat(BreakingChanges.between(BEFORE, TestDocument.with(lines(old), lines(now))))
                .isEmpty();
    }

    private static String lines(String text) {
        return text.replace("\\n", "\n");
    }
}
