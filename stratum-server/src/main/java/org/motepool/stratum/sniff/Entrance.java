package org.motepool.stratum.sniff;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.motepool.stratum.guard.IpNetwork;
import org.motepool.stratum.tls.TlsCertificate;
import org.motepool.stratum.websocket.OriginPolicy;

/**
 * What a listener lets in, and how.
 *
 * @param tls empty: no TLS is spoken
 * @param tlsOnly what comes in plain is closed
 * @param origins which pages may connect by WebSocket
 * @param proxies whose connections begin with a PROXY header; nobody else's may
 */
public record Entrance(Optional<TlsCertificate> tls, boolean tlsOnly, OriginPolicy origins, List<IpNetwork> proxies) {
    public Entrance {
        proxies = List.copyOf(proxies);
        if (tlsOnly && tls.isEmpty()) {
            throw new IllegalArgumentException("a listener for TLS alone needs a certificate");
        }
    }

    /** Anything but TLS, from anywhere. */
    public static Entrance plain() {
        return new Entrance(Optional.empty(), false, OriginPolicy.ANY, List.of());
    }

    boolean isProxy(InetAddress source) {
        return proxies.stream().anyMatch(network -> network.contains(source));
    }
}
