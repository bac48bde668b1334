package skillrunner.http.problem;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.Refusal;
import skillrunner.http.WireFormat;
import skillrunner.http.access.SecurityHeaders;

/** Errors that the container finds before a route is looked up, such as an address that can't be parsed. */
public final class ContainerErrors extends ErrorHandler {
    /** Makes a handler. */
    public ContainerErrors() {}

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        ErrorCode code = ProblemMapper.codeOf(status);
        SecurityHeaders.VALUES.forEach((name, value) -> response.getHeaders().put(name, value));
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
        response.setStatus(Problem.status(code.kind()));
        // The container leaves the body out only where it could read the whole head.
        if (HttpMethod.HEAD.is(request.getMethod())) {
            response.write(true, null, callback);
            return true;
        }
        String body = WireFormat.mapper()
                .writeValueAsString(Problem.document(
                        Refusal.of(code, code.title()),
                        String.valueOf(request.getHttpURI().getPath())));
        response.write(true, ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)), callback);
        return true;
    }
}
