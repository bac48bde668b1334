package skillrunner.http.problem;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.jspecify.annotations.Nullable;

/**
 * Connections that know a HEAD request even if the rest of its request line can't be read, so that {@link ContainerErrors} can
 * answer it without a body. The container itself forgets the method of such a line.
 */
public final class BodylessHeads extends HttpConnectionFactory {
    /**
     * Takes what all connections have in common.
     *
     * @param configuration of requests and answers
     */
    public BodylessHeads(HttpConfiguration configuration) {
        super(configuration);
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
        HttpConnection connection = new MethodKept(getHttpConfiguration(), connector, endPoint);
        connection.setTransferEncodingChunkMaxLength(getTransferEncodingChunkMaxLength());
        return configure(connection, connector, endPoint);
    }

    private static final class MethodKept extends HttpConnection {
        /** What the container calls the method of a request line that it can't read. */
        private static final String UNREADABLE = "BAD";

        /** Has no initial value here, for the super class sets it, by the method below, before one would. */
        private HttpConnection.@Nullable RequestHandler receiver;

        MethodKept(HttpConfiguration configuration, Connector connector, EndPoint endPoint) {
            super(configuration, connector, endPoint);
        }

        @Override
        protected HttpConnection.RequestHandler newRequestHandler() {
            HttpConnection.RequestHandler made = super.newRequestHandler();
            receiver = made;
            return made;
        }

        @Override
        protected HttpParser newHttpParser(HttpCompliance compliance) {
            HttpConfiguration configuration = getHttpConfiguration();
            HttpParser parser = new MethodSeen(receiver, configuration.getRequestHeaderSize(), compliance);
            parser.setHeaderCacheSize(configuration.getHeaderCacheSize());
            parser.setHeaderCacheCaseSensitive(configuration.isHeaderCacheCaseSensitive());
            return parser;
        }

        @Override
        protected HttpStreamOverHTTP1 newHttpStream(String method, String uri, HttpVersion version) {
            boolean isHead = method.equals(UNREADABLE) && getParser() instanceof MethodSeen parser && parser.isHead();
            return super.newHttpStream(isHead ? HttpMethod.HEAD.asString() : method, uri, version);
        }
    }

    /** Looks at the first bytes of each request, which may come one by one. */
    private static final class MethodSeen extends HttpParser {
        private static final byte[] HEAD = "HEAD ".getBytes(StandardCharsets.US_ASCII);

        private static final int OTHER = -1;

        /** How many bytes of the word have come, or that another one has. */
        private int seen;

        MethodSeen(HttpParser.@Nullable RequestHandler receiver, int maxHeadBytes, HttpCompliance compliance) {
            super(receiver, maxHeadBytes, compliance);
        }

        @Override
        public boolean parseNext(ByteBuffer buffer) {
            boolean start = isState(State.START);
            if (start) {
                seen = 0;
            }
            if (start || isState(State.METHOD)) {
                look(buffer);
            }
            return super.parseNext(buffer);
        }

        private void look(ByteBuffer buffer) {
            for (int at = buffer.position(); at < buffer.limit() && seen >= 0 && seen < HEAD.length; at++) {
                byte next = buffer.get(at);
                // Empty lines may come before a request.
                if (seen > 0 || (next != '\r' && next != '\n')) {
                    seen = next == HEAD[seen] ? seen + 1 : OTHER;
                }
            }
        }

        boolean isHead() {
            return seen == HEAD.length;
        }
    }
}
