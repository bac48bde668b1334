package skillrunner.http.file;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import skillrunner.http.page.VisibleText;

/**
 * Markdown of agents and authors as HTML. HTML in it is shown as text; of links only those to other sites are links; images,
 * which a browser would fetch from anywhere, are their words.
 */
final class Markdown {
    private static final List<Extension> EXTENSIONS = List.of(TablesExtension.create());
    private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();
    private static final HtmlRenderer RENDERER = HtmlRenderer.builder()
            .extensions(EXTENSIONS)
            .escapeHtml(true)
            .sanitizeUrls(true)
            .attributeProviderFactory(context -> (node, tag, attributes) -> {
                if (node instanceof Link) {
                    attributes.put("rel", "nofollow noopener noreferrer");
                }
            })
            .build();

    /** What is nested deeper would use up the stack. */
    private static final int MAX_DEPTH = 60;

    private static final Pattern END_OF_LINE = Pattern.compile("\\r\\n?");

    private static final int LOWEST_HEADING = 6;

    private Markdown() {}

    /**
     * Renders a text.
     *
     * @param above the level of the heading that its own stand below
     * @return HTML, or empty if the text is nested too deep
     */
    static String html(String text, int above) {
        Node document = PARSER.parse(VisibleText.of(END_OF_LINE.matcher(text).replaceAll("\n")));
        if (isDeep(document)) {
            return "";
        }
        document.accept(new Tame(above));
        return RENDERER.render(document);
    }

    private static boolean isDeep(Node document) {
        int depth = 0;
        Node at = document;
        while (at != null && depth <= MAX_DEPTH) {
            if (at.getFirstChild() != null) {
                at = at.getFirstChild();
                depth++;
            } else {
                while (at != null && at.getNext() == null) {
                    at = at.getParent();
                    depth--;
                }
                at = at == null ? null : at.getNext();
            }
        }
        return depth > MAX_DEPTH;
    }

    private static final class Tame extends AbstractVisitor {
        private final int above;
        private int last;

        Tame(int above) {
            this.above = above;
            this.last = above;
        }

        /** Its headings stand below those of the page, and leave out no level. */
        @Override
        public void visit(Heading heading) {
            last = Math.min(LOWEST_HEADING, Math.min(heading.getLevel() + above, last + 1));
            heading.setLevel(last);
            visitChildren(heading);
        }

        @Override
        public void visit(Image image) {
            visitChildren(image);
            unwrap(image);
        }

        @Override
        public void visit(Link link) {
            visitChildren(link);
            String address = link.getDestination().toLowerCase(Locale.ROOT);
            if (!address.startsWith("https://") && !address.startsWith("http://") && !address.startsWith("mailto:")) {
                unwrap(link);
            }
        }

        private static void unwrap(Node node) {
            Node child = node.getFirstChild();
            while (child != null) {
                Node next = child.getNext();
                node.insertBefore(child);
                child = next;
            }
            node.unlink();
        }
    }
}
