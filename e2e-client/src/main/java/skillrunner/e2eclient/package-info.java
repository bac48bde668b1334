/**
 * The example client: a front end as anybody could write one. It has a port, pages and recordings of its own, and knows the server by
 * its wire only. Start at {@link skillrunner.e2eclient.ExampleClient}.
 */
@NullMarked
package skillrunner.e2eclient;

import org.jspecify.annotations.NullMarked;
