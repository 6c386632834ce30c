package org.motepool.stratum.session;

import io.netty.channel.Channel;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.motepool.core.bytes.Bytes;
import org.motepool.store.Sessions;
import org.motepool.stratum.guard.PeerAddress;
import org.motepool.stratum.resume.SessionMemory;
import org.motepool.stratum.share.PoolUser;
import org.motepool.stratum.v1.SessionId;
import org.motepool.stratum.vardiff.DeviceClass;
import org.motepool.stratum.vardiff.KnownRate;

/**
 * A connection between the device's last one and its next: asks what that one knew, and leaves what this one knows. Owned
 * by the event loop.
 */
final class SessionResume {
    private final SessionMemory memory;
    private final Channel channel;
    private final SessionId id = SessionId.random();
    private Optional<SessionId> before = Optional.empty();
    private DeviceClass named = DeviceClass.UNKNOWN;
    private Sessions.@Nullable Trait trait;
    private boolean waiting;

    SessionResume(SessionMemory memory, Channel channel) {
        this.memory = memory;
        this.channel = channel;
    }

    /** This connection's own id; never an old one. */
    SessionId id() {
        return id;
    }

    /**
     * @param said the id of an earlier session
     * @param says what the device says to be
     */
    void subscribed(Optional<SessionId> said, DeviceClass says) {
        before = said;
        named = says;
    }

    boolean hasAsked() {
        return trait != null;
    }

    boolean isWaiting() {
        return waiting;
    }

    /** @param then told once, now or within the bound of a look-up */
    void ask(PoolUser first, Consumer<Optional<KnownRate>> then) {
        Bytes source = PeerAddress.of(channel)
                .map(peer -> Bytes.copyOf(peer.getAddress()))
                .orElse(Bytes.EMPTY);
        Sessions.Trait mine = new Sessions.Trait(first.account(), first.worker().value(), named.label(), source);
        trait = mine;
        waiting = true;
        memory.ask(new Sessions.Claim(mine, before.map(SessionId::value)), channel.eventLoop(), known -> {
            waiting = false;
            then.accept(known);
        });
    }

    /** The connection is gone. */
    void leave(KnownRate known) {
        if (trait != null) {
            memory.keep(id, trait, known);
        }
    }
}
