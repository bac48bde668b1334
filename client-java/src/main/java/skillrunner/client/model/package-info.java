/** What is sent and answered, as records; generated from the OpenAPI document. */
@NullMarked
package skillrunner.client.model;

import org.jspecify.annotations.NullMarked;
