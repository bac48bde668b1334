package skillrunner.workspace.json;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import skillrunner.domain.json.JsonPointer;
import skillrunner.json.ExactJson;
import skillrunner.json.NumberOutOfRangeException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads a JSON file that a person wrote, so that whatever is wrong with it can be told with its line and column. As strict
 * as {@link JacksonJson}; a byte order mark at the beginning does not matter. Used once, by one thread.
 */
public final class LocatedJson {
    /** Nothing a person writes is nested deeper. */
    private static final int MOST_LEVELS = 200;

    private static final JsonFactory JSON = ExactJson.factory(
            StreamReadConstraints.builder().maxNestingDepth(MOST_LEVELS).build());

    /**
     * A place in a file.
     *
     * @param line from 1
     * @param column in characters, from 1
     */
    public record Place(int line, int column) {}

    /** What a file holds. */
    public sealed interface Content {
        /**
         * One JSON object.
         *
         * @param root the object as plain values
         * @param places where each value stands, by its JSON pointer; a member is where its key is
         */
        record Good(Map<String, Object> root, Map<String, Place> places) implements Content {}

        /**
         * Anything else.
         *
         * @param place where the reader gave up
         * @param reason why
         */
        record Bad(Place place, String reason) implements Content {}
    }

    /** Not a fault of the server, but of the file; carries its explanation to the one place that catches it. */
    private static final class FaultException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Place place;

        FaultException(Place place, String reason) {
            super(reason);
            this.place = place;
        }
    }

    private final String text;
    private final Map<String, Place> places = new HashMap<>();

    private LocatedJson(String text) {
        this.text = text;
    }

    /**
     * Reads a file.
     *
     * @param text all of it
     * @return what it holds
     */
    public static Content read(String text) {
        return new LocatedJson(text.startsWith("\uFEFF") ? text.substring(1) : text).content();
    }

    private Content content() {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return new Content.Bad(
                        parser.currentToken() == null ? new Place(1, 1) : place(parser),
                        text.isBlank() ? "the file is empty" : "it is not a JSON object");
            }
            Map<String, Object> root = object(parser, "");
            if (parser.nextToken() != null) {
                throw new FaultException(place(parser), "there is more after the end of the object");
            }
            return new Content.Good(root, places);
        } catch (FaultException e) {
            return new Content.Bad(e.place, String.valueOf(e.getMessage()));
        } catch (StreamConstraintsException e) {
            return new Content.Bad(
                    new Place(1, 1),
                    "it is nested deeper than " + MOST_LEVELS + " levels, or a number"
                            + " or name in it is far too long");
        } catch (NumberOutOfRangeException e) {
            return new Content.Bad(place(e.getLocation()), "the number is out of range");
        } catch (JacksonException e) {
            TokenStreamLocation location = e.getLocation();
            return location == null
                    ? new Content.Bad(new Place(1, 1), "it is not JSON")
                    : new Content.Bad(place(location), JsonFault.explain(text, (int) location.getCharOffset()));
        }
    }

    private Map<String, Object> object(JsonParser parser, String pointer) {
        Map<String, Object> members = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            String child = JsonPointer.member(pointer, name);
            Place before = places.get(child);
            if (before != null) {
                throw new FaultException(
                        place(parser), "the key \"" + shown(name) + "\" occurs twice, first in line " + before.line());
            }
            places.put(child, place(parser));
            parser.nextToken();
            members.put(name, value(parser, child));
        }
        return members;
    }

    private List<Object> array(JsonParser parser, String pointer) {
        List<Object> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            String child = pointer + "/" + items.size();
            places.put(child, place(parser));
            items.add(value(parser, child));
        }
        return items;
    }

    @SuppressWarnings("NullAway") // plain values of JSON include null
    private Object value(JsonParser parser, String pointer) {
        return valueOrNull(parser, pointer);
    }

    private @Nullable Object valueOrNull(JsonParser parser, String pointer) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser, pointer);
            case START_ARRAY -> array(parser, pointer);
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT -> parser.getNumberValue();
            case VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }

    private static Place place(JsonParser parser) {
        return place(parser.currentTokenLocation());
    }

    private static Place place(TokenStreamLocation location) {
        return new Place(location.getLineNr(), location.getColumnNr());
    }

    private static String shown(String name) {
        String printable = name.replaceAll("\\p{Cntrl}", "?");
        return printable.length() <= 100 ? printable : printable.substring(0, 100) + "...";
    }
}
