package io.rateguard.proxy.dialect;

import org.jspecify.annotations.Nullable;

/**
 * Runs of tools that the provider bills by the call, as a response lists them among what it did: in a stream each item
 * when it is done, and all of them again at the end.
 */
final class HostedTools {

    static final String WHOLE = "response.completed";

    private static final String OLDER_SEARCH = "web_search_preview";

    private Runs runs = Runs.NONE;
    private Runs inDocument = Runs.NONE;
    private @Nullable String type;
    private @Nullable String action;
    private boolean searchesByOlderTool;

    /**
     * @param searches of the web
     * @param others of which no fee is known
     */
    record Runs(long searches, long others) {

        static final Runs NONE = new Runs(0, 0);

        private Runs plus(Runs more) {
            return new Runs(searches + more.searches, others + more.others);
        }
    }

    Runs runs() {
        return runs;
    }

    /** Whether it searches by the tool that has a fee of its own. */
    boolean searchesByOlderTool() {
        return searchesByOlderTool;
    }

    void tool(String name) {
        searchesByOlderTool |= name.startsWith(OLDER_SEARCH);
    }

    void itemBegins() {
        type = null;
        action = null;
    }

    void itemType(String name) {
        type = name;
    }

    void itemAction(String name) {
        action = name;
    }

    /** Opening a page that was found, or looking for words in it, is no search. */
    void itemEnds() {
        switch (type == null ? "" : type) {
            case "web_search_call" ->
                inDocument = action == null || action.equals("search") ? inDocument.plus(new Runs(1, 0)) : inDocument;
            case "file_search_call", "code_interpreter_call", "image_generation_call" ->
                inDocument = inDocument.plus(new Runs(0, 1));
            default -> {}
        }
    }

    /** @param event the type of the document, {@link #WHOLE} where it is the whole reply, empty where it is not known */
    void documentEnds(String event) {
        switch (event) {
            case "response.output_item.done" -> runs = runs.plus(inDocument);
            case WHOLE, "response.incomplete", "response.failed" -> runs = inDocument;
            default -> {}
        }
        inDocument = Runs.NONE;
    }
}
