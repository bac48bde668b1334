/** How adapters read JSON: numbers as they are written, and whatever is wrong with a text is one kind of exception. */
@org.jspecify.annotations.NullMarked
package skillrunner.json;
