package skillrunner.http.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import skillrunner.application.run.journal.JournalEvent;
import skillrunner.application.run.output.FollowRun;
import skillrunner.application.run.output.StreamFrame;
import skillrunner.application.run.output.ToldFrame;

/** The frames of a run as events. */
final class EventFeed implements StreamFeed {
    private final FollowRun.Following following;
    private final JoinedParts underWay = new JoinedParts();

    EventFeed(FollowRun.Following following) {
        this.following = Objects.requireNonNull(following);
    }

    @Override
    public Optional<byte[]> next() {
        Optional<byte[]> piece = underWay.next();
        if (piece.isPresent()) {
            return piece;
        }
        Optional<ToldFrame> told = following.stream().nextTold();
        if (told.isPresent()
                && told.get().frame() instanceof StreamFrame.Chat chat
                && chat.event().isLong()) {
            JournalEvent event = chat.event();
            underWay.then(EventFrames.CHAT).then(event::open).then("\n" + EventFrames.id(told.get()));
            return underWay.next();
        }
        return told.map(frame -> frame.form(EventFrames::encode));
    }

    @Override
    public boolean hasBacklog() {
        return !underWay.isDone() || following.stream().hasBacklog();
    }

    @Override
    public boolean finished() {
        return underWay.isDone() && following.stream().finished();
    }

    @Override
    public byte[] heartbeat(Instant now) {
        return EventFrames.heartbeat(now);
    }

    @Override
    public void close() {
        try (underWay) {
            following.watch().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
