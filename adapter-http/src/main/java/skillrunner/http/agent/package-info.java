/** The address at which other agents find the skills of this server as tools. What is said there is another adapter's matter. */
@NullMarked
package skillrunner.http.agent;

import org.jspecify.annotations.NullMarked;
