/** The operations of the server, a class for each group; generated from the OpenAPI document. */
@NullMarked
package skillrunner.client.api;

import org.jspecify.annotations.NullMarked;
