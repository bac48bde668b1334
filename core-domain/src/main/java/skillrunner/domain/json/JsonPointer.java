package skillrunner.domain.json;

/** How a place in a JSON document is named (RFC 6901). */
public final class JsonPointer {
    private JsonPointer() {}

    /**
     * Names a member of an object.
     *
     * @param pointer the object; empty for the whole document
     * @param name the member's own name, as it is
     * @return pointer to the member
     */
    public static String member(String pointer, String name) {
        return pointer + "/" + escaped(name);
    }

    /**
     * Names a place by the way to it.
     *
     * @param way names of members and indexes of lists, from the whole document on, as they are
     * @return pointer to the place; empty for no step
     */
    public static String of(Iterable<String> way) {
        StringBuilder pointer = new StringBuilder();
        way.forEach(name -> pointer.append('/').append(escaped(name)));
        return pointer.toString();
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
