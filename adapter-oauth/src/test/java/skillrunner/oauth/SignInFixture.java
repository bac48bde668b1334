package skillrunner.oauth;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import skillrunner.application.signin.ExclusiveUse;
import skillrunner.application.signin.SignInSnapshot;
import skillrunner.application.signin.SignIns;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.signin.SignInInputKind;
import skillrunner.domain.signin.SignInMethod;
import skillrunner.domain.signin.SignInTransport;
import skillrunner.testkit.background.DeferredBackgroundTasks;
import skillrunner.testkit.background.ImmediateTasks;
import skillrunner.testkit.background.SequentialIds;
import skillrunner.testkit.clock.ManualClock;
import skillrunner.testkit.signin.SignInPlace;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sign-ins with all drivers, over a home and records in a temporary folder. */
final class SignInFixture extends SignInPlace implements AutoCloseable {
    final ManualClock clock = new ManualClock();
    final DeferredBackgroundTasks ticks = new DeferredBackgroundTasks();
    final SignIns signIns;

    SignInFixture(Path folder, OAuthSettings settings) {
        super(folder);
        this.signIns = new SignIns(
                OAuthDrivers.of(settings, home(), clock, new ImmediateTasks()),
                new ExclusiveUse(),
                records(),
                engine -> false,
                ticks,
                new SequentialIds(),
                clock,
                Optional.of(Duration.ofMinutes(15)));
    }

    SignInSnapshot start(EngineId engine, SignInMethod method, String... provider) {
        return signIns.start(
                SignInTransport.OAUTH_PROXY, engine, method, Stream.of(provider).findFirst());
    }

    SignInSnapshot submit(SignInSnapshot session, SignInInputKind kind, String value) {
        return signIns.submit(
                Optional.of(SignInTransport.OAUTH_PROXY), session.session().id().value(), kind, value);
    }

    SignInSnapshot find(SignInSnapshot session) {
        return signIns.find(Optional.empty(), session.session().id().value());
    }

    SignInSnapshot cancel(SignInSnapshot session) {
        return signIns.cancel(Optional.empty(), session.session().id().value());
    }

    /** One second passes, and whoever looks each second looks. */
    void tick() {
        clock.advance(Duration.ofSeconds(1));
        ticks.runDelayed();
    }

    JsonNode json(String path) {
        return JsonMapper.shared().readTree(text(path));
    }

    List<String> events(String type) {
        return kept().lines().filter(line -> line.startsWith(type + " ")).toList();
    }

    @Override
    public void close() {
        signIns.close();
    }
}
