/** Rules of Skill Runner: state machines, policies and values, with no dependency beyond the JDK. */
module skillrunner.domain {
    requires static org.jspecify;

    exports skillrunner.domain.engine;
    exports skillrunner.domain.id;
    exports skillrunner.domain.interaction;
    exports skillrunner.domain.journal;
    exports skillrunner.domain.json;
    exports skillrunner.domain.model;
    exports skillrunner.domain.output;
    exports skillrunner.domain.path;
    exports skillrunner.domain.problem;
    exports skillrunner.domain.run;
    exports skillrunner.domain.signin;
    exports skillrunner.domain.skill;
    exports skillrunner.domain.store;
    exports skillrunner.domain.state;
    exports skillrunner.domain.terminal;
    exports skillrunner.domain.upgrade;
}
