/**
 * The HTTP API. {@link skillrunner.http.HttpServer} puts it together; each capability has a package with its routes and its
 * wire records, which never leave this module.
 */
@NullMarked
package skillrunner.http;

import org.jspecify.annotations.NullMarked;
