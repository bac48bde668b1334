/** Rules of Skill Runner: state machines, policies and values, with no dependency beyond the JDK. */
module skillrunner.domain {
    requires static org.jspecify;

    exports skillrunner.domain.state;
}
