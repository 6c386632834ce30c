package org.motepool.pool.config;

import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.motepool.core.address.Network;
import org.motepool.core.address.PayoutAddress;
import org.motepool.core.money.Money;
import org.motepool.core.work.PowShift;

/**
 * The settings of a pool, checked and of one piece. Immutable.
 *
 * @param payoutAddress where the coinbase pays
 * @param feeBasisPoints 0 … 10000
 * @param minimumPayout in satoshis
 * @param potDaily what each day shares of the sponsored pot
 * @param payments how miners are paid
 * @param notices whether and how owners are told what happens
 * @param keepSharesDays after which share logs that are journaled may go, 0 for never
 */
public record PoolConfig(
        Network network,
        String poolName,
        String poolTag,
        PayoutAddress payoutAddress,
        int feeBasisPoints,
        long minimumPayout,
        Money potDaily,
        Payments payments,
        Notices notices,
        Nodes nodes,
        Endpoint stratum,
        StratumPorts ports,
        Duration shareInterval,
        Endpoint http,
        DevicePort devicePort,
        Optional<String> publicHost,
        Endpoint management,
        Redis redis,
        Path data,
        int keepSharesDays,
        Optional<Path> journalMirror,
        Devnet devnet) {

    /**
     * @param on whether owners are told what they ask to be told
     * @param silentAfter how long without a share a worker is called silent
     */
    public record Notices(boolean on, Duration silentAfter) {}

    /** The same on another devnet. */
    public PoolConfig withDevnet(Devnet other) {
        return new PoolConfig(
                network,
                poolName,
                poolTag,
                payoutAddress,
                feeBasisPoints,
                minimumPayout,
                potDaily,
                payments,
                notices,
                nodes,
                stratum,
                ports,
                shareInterval,
                http,
                devicePort,
                publicHost,
                management,
                redis,
                data,
                keepSharesDays,
                journalMirror,
                other);
    }

    /** @param port 0 takes a free one */
    public record Endpoint(String bind, int port) {}

    /**
     * Where boards ask for the pool's numbers.
     *
     * @param port 0 takes a free one
     * @param asked it was set; else the pool starts without it where another program has the port
     */
    public record DevicePort(boolean on, int port, boolean asked) {
        /** The firmware has it built in. */
        public static final int USUAL = 2019;
    }

    /** @param zmqHashBlock of the first node */
    public record Nodes(List<URI> urls, Optional<Path> cookieFile, Optional<String> zmqHashBlock) {
        public Nodes {
            urls = List.copyOf(urls);
        }

        /** Leaves the passwords out. */
        @Override
        public String toString() {
            return urls.stream()
                    .map(url -> url.getHost() + ":" + url.getPort())
                    .toList()
                    .toString();
        }
    }

    /**
     * @param url empty runs an embedded one
     * @param authority PEM file of who signed its certificate
     */
    public record Redis(Optional<String> url, Optional<Path> authority, int shards) {
        /** Leaves the password out. */
        @Override
        public String toString() {
            return url.isPresent() ? "external" : "embedded";
        }
    }

    /**
     * Of the built-in chain; the bench network takes the transactions alone.
     *
     * @param startHashesPerBlock nominal hashes that make one of the first blocks
     * @param transactions most in a template
     */
    public record Devnet(PowShift powShift, Duration blockTime, BigInteger startHashesPerBlock, int transactions) {}
}
