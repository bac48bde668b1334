/** Use cases of Skill Runner and the ports they need. Depends on the domain and the JDK only. */
module skillrunner.application {
    requires transitive skillrunner.domain;
    requires static org.jspecify;

    exports skillrunner.application.background;
    exports skillrunner.application.console;
    exports skillrunner.application.engine;
    exports skillrunner.application.file;
    exports skillrunner.application.json;
    exports skillrunner.application.model;
    exports skillrunner.application.overview;
    exports skillrunner.application.run;
    exports skillrunner.application.run.admission;
    exports skillrunner.application.run.bundle;
    exports skillrunner.application.run.cache;
    exports skillrunner.application.run.execution;
    exports skillrunner.application.run.file;
    exports skillrunner.application.run.interaction;
    exports skillrunner.application.run.journal;
    exports skillrunner.application.run.output;
    exports skillrunner.application.run.process;
    exports skillrunner.application.run.quota;
    exports skillrunner.application.run.result;
    exports skillrunner.application.run.retention;
    exports skillrunner.application.run.temporary;
    exports skillrunner.application.run.turn;
    exports skillrunner.application.signin;
    exports skillrunner.application.skill;
    exports skillrunner.application.storage;
    exports skillrunner.application.terminal;
    exports skillrunner.application.time;
    exports skillrunner.application.upgrade;
}
