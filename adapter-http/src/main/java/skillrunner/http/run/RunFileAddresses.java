package skillrunner.http.run;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import skillrunner.http.file.TreeView;

/** Where the files of a run are shown and had. */
final class RunFileAddresses {
    private RunFileAddresses() {}

    static TreeView.Addresses of(String request) {
        return new TreeView.Addresses("/ui/runs/" + request, "/ui/management/runs/" + request + "/view");
    }

    /** The page of the run with the file. */
    static String page(String request, String path) {
        return of(request).page() + "?path=" + encoded(path) + "#preview";
    }

    /** What the page shows of the file. */
    static String fragment(String request, String path) {
        return of(request).fragment() + "?path=" + encoded(path);
    }

    /** The picture that an artifact is. */
    static String picture(String request, String path) {
        return "/ui/management/runs/" + request + "/picture?path=" + encoded(path);
    }

    /** An artifact as a file to be saved. */
    static String download(String run, String path) {
        return run + "/artifacts/"
                + Arrays.stream(path.split("/", -1))
                        .map(RunFileAddresses::encoded)
                        .collect(Collectors.joining("/"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
