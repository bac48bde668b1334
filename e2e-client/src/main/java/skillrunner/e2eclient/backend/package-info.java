/** The server as the example client sees it: asked over HTTP, answers bounded in size and time, none of them believed. */
@NullMarked
package skillrunner.e2eclient.backend;

import org.jspecify.annotations.NullMarked;
