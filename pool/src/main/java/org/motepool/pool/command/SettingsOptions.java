package org.motepool.pool.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.motepool.pool.Failure;
import org.motepool.pool.config.ConfigChecker;
import org.motepool.pool.config.ConfigException;
import org.motepool.pool.config.Finding;
import org.motepool.pool.config.Key;
import org.motepool.pool.config.PoolConfig;
import org.motepool.pool.config.Settings;
import org.motepool.pool.config.SettingsReader;
import picocli.CommandLine.Option;

/** The options of every command that needs the settings: a file, and flags that override it. */
final class SettingsOptions {
    private static final Path CONVENTIONAL = Path.of("mote.toml");

    @Option(names = "--config", paramLabel = "FILE", description = "Settings file; mote.toml is taken where it exists.")
    private @Nullable Path config;

    @Option(
            names = "--network",
            description = "main, testnet4, signet, regtest, ltc-main, ltc-test, ltc-regtest, devnet or bench.")
    private @Nullable String network;

    @Option(
            names = "--node",
            paramLabel = "URL",
            description = "http://USER:PASSWORD@HOST:PORT of a full node; may be repeated.")
    private @Nullable List<String> nodes;

    @Option(names = "--node-cookie", paramLabel = "FILE", description = "The node's .cookie file.")
    private @Nullable String nodeCookie;

    @Option(
            names = "--transactions",
            paramLabel = "N",
            description = "Transactions in a template of devnet or bench; 3000 make a merkle branch of 12.")
    private @Nullable String transactions;

    @Option(names = "--payout-address", paramLabel = "ADDRESS", description = "Where the pool's coinbase goes.")
    private @Nullable String payoutAddress;

    @Option(names = "--fee", paramLabel = "BASISPOINTS", description = "The pool's part: 100 is 1 %%.")
    private @Nullable String fee;

    @Option(names = "--bind", paramLabel = "ADDRESS", description = "Where stratum and page listen.")
    private @Nullable String bind;

    @Option(names = "--stratum-port", paramLabel = "PORT", description = "Port that devices connect to.")
    private @Nullable String stratumPort;

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            description = "pplns shares every block by work; solo pays who finds it, straight from the block.")
    private @Nullable String mode;

    @Option(
            names = "--listener",
            paramLabel = "SPEC",
            description = "One more port, like 'port=2018 mode=solo floor-level=20 tls=only'; may be repeated.")
    private @Nullable List<String> listeners;

    @Option(
            names = "--tls-certificate",
            paramLabel = "FILE",
            description = "Certificate chain in PEM: every port then speaks TLS as well.")
    private @Nullable String tlsCertificate;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "Its key in PEM, PKCS #8.")
    private @Nullable String tlsKey;

    @Option(names = "--http-port", paramLabel = "PORT", description = "Port of the public page.")
    private @Nullable String httpPort;

    @Option(names = "--management-port", paramLabel = "PORT", description = "Port of health, metrics and admin.")
    private @Nullable String managementPort;

    @Option(names = "--redis", paramLabel = "URL", description = "redis://[:PASSWORD@]HOST:PORT; else an embedded one.")
    private @Nullable String redis;

    @Option(names = "--data", paramLabel = "DIR", description = "Share logs, journal, embedded Redis.")
    private @Nullable String data;

    @Option(names = "--pow-shift", paramLabel = "S", description = "First bits of a hash that the devnet ignores.")
    private @Nullable String powShift;

    @Option(names = "--block-seconds", paramLabel = "N", description = "Aimed at between two blocks of the devnet.")
    private @Nullable String blockSeconds;

    @Option(names = "--start-level", paramLabel = "K", description = "2^K nominal hashes make a first devnet block.")
    private @Nullable String startLevel;

    /** Reads file, environment and flags, in this order; fails with every finding. */
    PoolConfig read() throws Failure {
        List<Finding> findings = new ArrayList<>();
        return check(settings(findings), findings);
    }

    /** For a process that needs no node and no payout address. */
    PoolConfig readForPage() throws Failure {
        List<Finding> findings = new ArrayList<>();
        Settings settings = settings(findings);
        try {
            return ConfigChecker.checkForPage(settings, findings);
        } catch (ConfigException e) {
            throw new Failure(Failure.WRONG_SETTINGS, tell(e.findings()), e);
        }
    }

    /** The same without checking. */
    Settings settings(List<Finding> findings) {
        Settings settings = Settings.defaults();
        SettingsReader reader = new SettingsReader(findings);
        if (config != null) {
            reader.readFile(config, settings);
        } else if (Files.exists(CONVENTIONAL)) {
            reader.readFile(CONVENTIONAL, settings);
        }
        reader.readEnvironment(System.getenv(), settings);
        override(settings);
        return settings;
    }

    /** @param findings of the reading */
    static PoolConfig check(Settings settings, List<Finding> findings) throws Failure {
        try {
            return ConfigChecker.check(settings, findings);
        } catch (ConfigException e) {
            throw failure(e);
        }
    }

    /** With every finding in its message. */
    static Failure failure(ConfigException e) {
        return new Failure(Failure.WRONG_SETTINGS, tell(e.findings()), e);
    }

    private static String tell(List<Finding> findings) {
        StringBuilder text = new StringBuilder(
                findings.size() == 1
                        ? "the settings have a fault:"
                        : "the settings have " + findings.size() + " faults:");
        findings.forEach(finding -> text.append("\n  ").append(finding));
        return text.toString();
    }

    private void override(Settings settings) {
        set(settings, Key.NETWORK, network, "--network");
        if (nodes != null) {
            settings.put(Key.NODES, nodes, "--node");
        }
        set(settings, Key.NODE_COOKIE, nodeCookie, "--node-cookie");
        set(settings, Key.PAYOUT_ADDRESS, payoutAddress, "--payout-address");
        set(settings, Key.FEE, fee, "--fee");
        set(settings, Key.STRATUM_BIND, bind, "--bind");
        set(settings, Key.HTTP_BIND, bind, "--bind");
        set(settings, Key.STRATUM_PORT, stratumPort, "--stratum-port");
        set(settings, Key.STRATUM_MODE, mode, "--mode");
        if (listeners != null) {
            settings.put(Key.LISTENERS, listeners, "--listener");
        }
        set(settings, Key.TLS_CERTIFICATE, tlsCertificate, "--tls-certificate");
        set(settings, Key.TLS_KEY, tlsKey, "--tls-key");
        set(settings, Key.HTTP_PORT, httpPort, "--http-port");
        set(settings, Key.MANAGEMENT_PORT, managementPort, "--management-port");
        set(settings, Key.REDIS_URL, redis, "--redis");
        set(settings, Key.DATA, data, "--data");
        set(settings, Key.DEVNET_POW_SHIFT, powShift, "--pow-shift");
        set(settings, Key.DEVNET_BLOCK_SECONDS, blockSeconds, "--block-seconds");
        set(settings, Key.DEVNET_START_LEVEL, startLevel, "--start-level");
        set(settings, Key.DEVNET_TRANSACTIONS, transactions, "--transactions");
    }

    private static void set(Settings settings, Key key, @Nullable String text, String option) {
        if (text != null) {
            settings.put(key, text, option);
        }
    }
}
