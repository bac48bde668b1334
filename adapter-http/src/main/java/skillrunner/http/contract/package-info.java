/** What the server promises: its OpenAPI document. Safe for concurrent use. */
@NullMarked
package skillrunner.http.contract;

import org.jspecify.annotations.NullMarked;
