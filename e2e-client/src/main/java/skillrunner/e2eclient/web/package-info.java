/** Who may ask for what, and how much may be sent. */
@NullMarked
package skillrunner.e2eclient.web;

import org.jspecify.annotations.NullMarked;
