package org.motepool.pool.wiring;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.motepool.core.account.Scheme;
import org.motepool.dashboards.PoolPort;
import org.motepool.pool.Failure;
import org.motepool.pool.config.PoolConfig;
import org.motepool.pool.config.StratumPorts;
import org.motepool.stratum.StratumServer;
import org.motepool.stratum.vardiff.DeviceClass;

/** The ports that the page tells miners. */
final class ToldPorts {
    private ToldPorts() {}

    /** Those that were really taken. */
    static List<PoolPort> of(PoolConfig config, StratumServer stratum) {
        return list(config, stratum.port(), stratum.ports());
    }

    /** Those of the settings, where devices connect to other processes. */
    static List<PoolPort> of(PoolConfig config) throws Failure {
        boolean free = config.stratum().port() == 0
                || config.ports().more().stream().anyMatch(one -> one.endpoint().port() == 0);
        if (free) {
            throw new Failure(
                    Failure.WRONG_SETTINGS,
                    "the page tells miners which port to connect to, and a stratum port is set to 0, which takes any;"
                            + " give stratum.port and each listener a port");
        }
        return list(config, config.stratum().port(), Map.of());
    }

    private static List<PoolPort> list(PoolConfig config, int main, Map<String, Integer> taken) {
        StratumPorts ports = config.ports();
        List<PoolPort> told = new ArrayList<>();
        told.add(new PoolPort(ports.mode() == Scheme.SOLO ? PoolPort.Kind.SOLO : PoolPort.Kind.PLAIN, main));
        if (ports.certificate().isPresent()) {
            told.add(new PoolPort(PoolPort.Kind.TLS, main));
        }
        for (StratumPorts.Listener one : ports.more()) {
            told.add(new PoolPort(
                    kind(one), taken.getOrDefault(one.name(), one.endpoint().port())));
        }
        return told;
    }

    private static PoolPort.Kind kind(StratumPorts.Listener listener) {
        if (listener.mode() == Scheme.SOLO) {
            return PoolPort.Kind.SOLO;
        }
        if (listener.tlsOnly()) {
            return PoolPort.Kind.TLS;
        }
        boolean screens = listener.deviceClass().equals(Optional.of(DeviceClass.MICRO));
        return screens ? PoolPort.Kind.SCREEN : PoolPort.Kind.PLAIN;
    }
}
