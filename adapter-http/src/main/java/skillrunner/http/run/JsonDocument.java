package skillrunner.http.run;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import skillrunner.application.run.result.RunResult;
import skillrunner.application.storage.StoredBytes;
import skillrunner.domain.run.Run;
import skillrunner.http.WireFormat;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Looks whether a file is what it should be before it becomes part of an answer; its long texts are passed over, not kept. */
final class JsonDocument {
    private JsonDocument() {}

    /**
     * Tells whether the file holds one JSON object in UTF-8, whole, and nothing else, whose status is the one that is
     * expected; a file that can't be read does not. One that names another run is that run's, however it got there; earlier
     * releases named none.
     */
    static boolean says(StoredBytes file, Run run) {
        String status = RunResult.word(run.status());
        // A parser of bytes would find out by itself that a file is in UTF-16, but its bytes become part of a text in
        // UTF-8.
        try (Reader in = new InputStreamReader(file.open(0), StandardCharsets.UTF_8.newDecoder());
                JsonParser parser = WireFormat.mapper().createParser(in)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            boolean said = false;
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean named = parser.currentName().equals("status");
                JsonToken value = parser.nextToken();
                said |= named
                        && value == JsonToken.VALUE_STRING
                        && parser.getString().equals(status);
                if (parser.currentName().equals("run_id")
                        && (value != JsonToken.VALUE_STRING
                                || !parser.getString().equals(run.id().value()))) {
                    return false;
                }
                // Passes over texts without decoding them, and over what is nested without keeping it.
                parser.skipChildren();
            }
            return said && parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null;
        } catch (JacksonException | IOException e) {
            return false;
        }
    }
}
