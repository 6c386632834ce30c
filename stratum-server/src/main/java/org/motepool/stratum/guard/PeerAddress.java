package org.motepool.stratum.guard;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a connection comes from: the address that a trusted proxy names, else the socket's. Nothing else may ask the
 * channel, or a proxy would count as all its devices together. Event loop only.
 */
public final class PeerAddress {
    private static final AttributeKey<Optional<InetAddress>> NAMED = AttributeKey.valueOf(PeerAddress.class, "named");

    private PeerAddress() {}

    /** The connection is a proxy's, which is about to say for whom it stands: until then nobody knows. */
    public static void await(Channel channel) {
        channel.attr(NAMED).set(Optional.empty());
    }

    /** The proxy says for whom it stands; before the session reads its first line. */
    public static void set(Channel channel, InetAddress peer) {
        channel.attr(NAMED).set(Optional.of(peer));
    }

    /** The proxy stands for itself, or does not say for whom: it is the peer. */
    public static void setSocket(Channel channel) {
        channel.attr(NAMED).set(null);
    }

    /** Empty where it is not known, or where the transport has no such address. */
    public static Optional<InetAddress> of(Channel channel) {
        return Optional.ofNullable(orNull(channel));
    }

    /** As {@link #of}, null where that is empty: for what is asked with every line. */
    public static @Nullable InetAddress orNull(Channel channel) {
        Optional<InetAddress> named = channel.attr(NAMED).get();
        if (named != null) {
            return named.orElse(null);
        }
        return channel.remoteAddress() instanceof InetSocketAddress socket ? socket.getAddress() : null;
    }
}
