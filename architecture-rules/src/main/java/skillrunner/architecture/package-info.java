/** The rules of the house, one constant each, whose name is the name of its test. They know our classes by name only. */
@org.jspecify.annotations.NullMarked
package skillrunner.architecture;
