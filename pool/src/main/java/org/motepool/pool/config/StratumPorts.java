package org.motepool.pool.config;

import java.util.List;
import java.util.Optional;
import org.motepool.core.account.Scheme;
import org.motepool.core.work.Level;
import org.motepool.stratum.guard.IpNetwork;
import org.motepool.stratum.tls.CertificateFiles;
import org.motepool.stratum.vardiff.DeviceClass;

/**
 * Where and how devices connect, beside the main port's address.
 *
 * @param mode how work on the main port is rewarded
 * @param proxies whose connections to the main port begin with a PROXY header
 * @param certificate for TLS on every port; empty for none
 * @param webSocketOrigins pages that may mine; empty for those of any site
 * @param reusePort another process may listen on the same ports
 */
public record StratumPorts(
        Scheme mode,
        List<IpNetwork> proxies,
        List<Listener> more,
        Optional<CertificateFiles> certificate,
        List<String> webSocketOrigins,
        boolean reusePort) {
    public StratumPorts {
        proxies = List.copyOf(proxies);
        more = List.copyOf(more);
        webSocketOrigins = List.copyOf(webSocketOrigins);
    }

    /**
     * One more port.
     *
     * @param floor lowest level on it
     * @param deviceClass of devices on it that do not say what they are
     */
    public record Listener(
            String name,
            PoolConfig.Endpoint endpoint,
            Scheme mode,
            Optional<Level> floor,
            Optional<DeviceClass> deviceClass,
            boolean tlsOnly,
            List<IpNetwork> proxies) {
        public Listener {
            proxies = List.copyOf(proxies);
        }
    }
}
