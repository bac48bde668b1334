package skillrunner.http.contract;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import org.eclipse.jetty.ee10.servlet.ServletContextResponse;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.PreEncodedHttpField;

/**
 * Says on every answer which version of the document the server keeps to, so that a client that asks one thing and goes learns it without
 * asking for the document first. To come behind the password: who does not have it learns no version.
 */
public final class ContractVersion implements Handler {
    /** The header's name. */
    public static final String HEADER = "Skill-Runner-Api-Version";

    /** What the document says its version is. */
    public static final String VERSION = "0.1.0";

    private static final HttpField FIELD = new PreEncodedHttpField(HEADER, VERSION);

    /** Makes the handler. */
    public ContractVersion() {}

    @Override
    public void handle(Context ctx) {
        ServletContextResponse.getServletContextResponse(ctx.res()).getHeaders().put(FIELD);
    }
}
