package skillrunner.browser;

/** Directives that let the scripted codex write events of its format. */
final class CodexLines {
    private CodexLines() {}

    /** An event about an item with these members. */
    static String item(String event, String members) {
        return "raw {\"type\":\"" + event + "\",\"item\":{\"id\":\"i1\"," + members + "}}";
    }

    /** The members of a command, with those of its result if it has one. */
    static String tool(String id, String command, String result) {
        return "\"id\":\"" + id + "\",\"type\":\"command_execution\",\"command\":\"" + command + "\"" + result;
    }
}
