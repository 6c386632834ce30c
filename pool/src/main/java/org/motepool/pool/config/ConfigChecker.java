package org.motepool.pool.config;

import java.math.BigInteger;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.motepool.chain.devnet.DevnetSettings;
import org.motepool.core.account.Scheme;
import org.motepool.core.address.AddressException;
import org.motepool.core.address.Network;
import org.motepool.core.address.PayoutAddress;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Sha256;
import org.motepool.core.money.Money;
import org.motepool.core.sharelog.LogShard;
import org.motepool.core.work.Level;
import org.motepool.core.work.PowShift;
import org.motepool.store.redis.RedisSettings;
import org.motepool.stratum.StratumSettings;
import org.motepool.stratum.tls.CertificateException;
import org.motepool.stratum.tls.CertificateFiles;
import org.motepool.stratum.tls.TlsCertificate;

/** Turns raw settings into a {@link PoolConfig}; names everything that is wrong with them at once. */
public final class ConfigChecker {
    private static final int TAG_CHARACTERS_MAX = 20;
    private static final int SILENT_MINUTES_MAX = 1_440;
    private static final int KEEP_DAYS_MAX = 36_500;
    /** A merkle branch of 5: a demo's jobs are short lines. */
    public static final int DEVNET_TRANSACTIONS = 20;
    /** A merkle branch of 12, as on main. */
    public static final int BENCH_TRANSACTIONS = 3000;

    private final Settings settings;
    private final List<Finding> findings;

    /** Whether the process talks to nodes and has a coinbase. */
    private final boolean onChain;

    private ConfigChecker(Settings settings, List<Finding> findings, boolean onChain) {
        this.settings = settings;
        this.findings = findings;
        this.onChain = onChain;
    }

    /**
     * Checks all settings.
     *
     * @param earlier findings of the reading, told together with these
     * @throws ConfigException when there is any finding
     */
    public static PoolConfig check(Settings settings, List<Finding> earlier) throws ConfigException {
        return check(settings, earlier, true);
    }

    /** The same for a process that only shows what is in the store: it needs no node and no payout address. */
    public static PoolConfig checkForPage(Settings settings, List<Finding> earlier) throws ConfigException {
        return check(settings, earlier, false);
    }

    private static PoolConfig check(Settings settings, List<Finding> earlier, boolean onChain) throws ConfigException {
        List<Finding> findings = new ArrayList<>(earlier);
        PoolConfig config = new ConfigChecker(settings, findings, onChain).build();
        if (!findings.isEmpty()) {
            throw new ConfigException(findings);
        }
        return config;
    }

    private PoolConfig build() {
        Network network = network();
        PoolConfig config = new PoolConfig(
                network,
                text(Key.POOL_NAME),
                tag(),
                payoutAddress(network),
                (int) number(Key.FEE, 0, 10_000),
                number(Key.MINIMUM_PAYOUT, 1, 2_100_000_000_000_000L),
                Money.ofSatoshis(number(Key.POT_DAILY, 0, 2_100_000_000_000_000L)),
                new PaymentsReader(settings, findings).read(network),
                notices(),
                nodes(network),
                endpoint(Key.STRATUM_BIND, Key.STRATUM_PORT),
                ports(),
                Duration.ofSeconds(number(Key.SHARE_SECONDS, 1, 600)),
                endpoint(Key.HTTP_BIND, Key.HTTP_PORT),
                devicePort(),
                optional(Key.PUBLIC_HOST),
                endpoint(Key.MANAGEMENT_BIND, Key.MANAGEMENT_PORT),
                redis(),
                path(Key.DATA).orElse(Path.of("data")),
                (int) number(Key.KEEP_SHARES_DAYS, 0, KEEP_DAYS_MAX),
                path(Key.JOURNAL_MIRROR),
                devnet(network));
        distinctPorts(config);
        return config;
    }

    private PoolConfig.Notices notices() {
        String on = text(Key.NOTICE_ENABLED).toLowerCase(Locale.ROOT);
        if (!on.equals("true") && !on.equals("false")) {
            wrong(Key.NOTICE_ENABLED, "is \"" + on + "\"", "Use true or false");
        }
        return new PoolConfig.Notices(
                on.equals("true"), Duration.ofMinutes(number(Key.NOTICE_SILENT, 1, SILENT_MINUTES_MAX)));
    }

    private Network network() {
        Optional<Network> network = Network.ofId(text(Key.NETWORK));
        if (network.isEmpty()) {
            wrong(Key.NETWORK, "is no network that Motepool knows", "Use " + Network.ids());
        }
        return network.orElse(Network.DEVNET);
    }

    private String tag() {
        String tag = text(Key.POOL_TAG);
        boolean printable = tag.chars().allMatch(c -> c >= 0x20 && c < 0x7f);
        if (!printable || tag.length() > TAG_CHARACTERS_MAX) {
            wrong(
                    Key.POOL_TAG,
                    "is not plain ASCII of at most 20 characters",
                    "Shorten it: devices cut long coinbases");
            return "";
        }
        return tag;
    }

    private PayoutAddress payoutAddress(Network network) {
        Optional<String> text = optional(Key.PAYOUT_ADDRESS);
        // The devnet's coins are worth nothing: there the pool makes up an address of its own.
        PayoutAddress madeUp = PayoutAddress.ofWitnessKeyHash(
                Sha256.once(Bytes.copyOf("motepool devnet".getBytes(StandardCharsets.UTF_8)))
                        .slice(0, 20),
                network);
        if (text.isEmpty()) {
            if (onChain && !network.isBuiltIn()) {
                wrong(Key.PAYOUT_ADDRESS, "is not set", "Give an address of the pool's wallet on " + network.id());
            }
            return madeUp;
        }
        try {
            return PayoutAddress.parse(text.get(), network);
        } catch (AddressException e) {
            wrong(
                    Key.PAYOUT_ADDRESS,
                    String.valueOf(e.getMessage()),
                    "Give an address of the pool's wallet on " + network.id());
            return madeUp;
        }
    }

    private PoolConfig.Nodes nodes(Network network) {
        List<URI> urls = new ArrayList<>();
        Optional<Path> cookie = path(Key.NODE_COOKIE);
        for (String text : settings.get(Key.NODES).texts()) {
            // The devnet's node asks nobody for a password.
            nodeUrl(text, cookie.isPresent() || network.isBuiltIn()).ifPresent(urls::add);
        }
        cookie.ifPresent(file -> {
            if (!Files.isReadable(file)) {
                wrong(Key.NODE_COOKIE, "cannot be read: " + file, "Run the pool as a user who may read it");
            }
        });
        if (onChain && !network.isBuiltIn() && settings.get(Key.NODES).texts().isEmpty()) {
            wrong(Key.NODES, "is not set", "Give the RPC address of a full node: http://USER:PASSWORD@HOST:PORT");
        }
        return new PoolConfig.Nodes(urls, cookie, optional(Key.NODE_ZMQ));
    }

    private Optional<URI> nodeUrl(String text, boolean noLogin) {
        try {
            URI url = new URI(text);
            String scheme = url.getScheme();
            if (!"http".equals(scheme) && !"https".equals(scheme) || url.getHost() == null || url.getPort() <= 0) {
                wrong(Key.NODES, "has an entry that is not http://USER:PASSWORD@HOST:PORT", "Name host and RPC port");
            } else if (url.getUserInfo() == null && !noLogin) {
                wrong(
                        Key.NODES,
                        "has no user and password for " + url.getHost() + ":" + url.getPort(),
                        "Put USER:PASSWORD@ before the host, or set " + Key.NODE_COOKIE.path());
            } else {
                return Optional.of(url);
            }
        } catch (URISyntaxException e) {
            // The text may hold a password: it is not repeated.
            wrong(Key.NODES, "has an entry that is not a URL", "Write it as http://USER:PASSWORD@HOST:PORT");
        }
        return Optional.empty();
    }

    private PoolConfig.Redis redis() {
        Optional<String> url = optional(Key.REDIS_URL);
        Optional<Path> authority = path(Key.REDIS_AUTHORITY);
        int shards = (int) number(Key.REDIS_SHARDS, 1, LogShard.SHARDS_MAX);
        try {
            // Only looked at: its own checks are the ones that count.
            url.ifPresent(text -> RedisSettings.of(text, Network.DEVNET.id()));
        } catch (IllegalArgumentException e) {
            wrong(
                    Key.REDIS_URL,
                    "cannot be used: " + e.getMessage(),
                    "Write it as redis://USER:PASSWORD@HOST:6379 or redis-sentinel://USER:PASSWORD@HOST:26379,HOST:26379#NAME");
        }
        authority.ifPresent(file -> {
            if (!Files.isReadable(file)) {
                wrong(Key.REDIS_AUTHORITY, "cannot be read: " + file, "Run the pool as a user who may read it");
            } else if (url.isEmpty() || !url.get().startsWith("rediss")) {
                wrong(Key.REDIS_AUTHORITY, "is of no use without TLS", "Write redis.url as rediss://…, or remove it");
            }
        });
        return new PoolConfig.Redis(url, authority, shards);
    }

    private PoolConfig.Devnet devnet(Network network) {
        int level = (int) number(Key.DEVNET_START_LEVEL, Level.LOWEST, Level.HIGHEST);
        return new PoolConfig.Devnet(
                new PowShift((int) number(Key.DEVNET_POW_SHIFT, 0, Level.LOWEST)),
                Duration.ofSeconds(number(Key.DEVNET_BLOCK_SECONDS, 1, 86_400)),
                BigInteger.ONE.shiftLeft(level),
                transactions(network));
    }

    private int transactions(Network network) {
        if (optional(Key.DEVNET_TRANSACTIONS).isEmpty()) {
            return network == Network.BENCH ? BENCH_TRANSACTIONS : DEVNET_TRANSACTIONS;
        }
        return (int) number(Key.DEVNET_TRANSACTIONS, 0, DevnetSettings.TRANSACTIONS_MAX);
    }

    private PoolConfig.Endpoint endpoint(Key bind, Key port) {
        return new PoolConfig.Endpoint(text(bind), (int) number(port, 0, 65_535));
    }

    /** Beside a page on any free port, as in tests, it takes a free one too. */
    private PoolConfig.DevicePort devicePort() {
        String text = text(Key.DEVICE_PORT);
        if (text.isEmpty()) {
            int usual = text(Key.HTTP_PORT).equals("0") ? 0 : PoolConfig.DevicePort.USUAL;
            return new PoolConfig.DevicePort(true, usual, false);
        }
        return text.equals("off")
                ? new PoolConfig.DevicePort(false, 0, true)
                : new PoolConfig.DevicePort(true, (int) number(Key.DEVICE_PORT, 0, 65_535), true);
    }

    private StratumPorts ports() {
        Optional<Scheme> mode = ListenerReader.scheme(text(Key.STRATUM_MODE));
        if (mode.isEmpty()) {
            wrong(Key.STRATUM_MODE, "is \"" + text(Key.STRATUM_MODE) + "\"", "Use pplns or solo");
        }
        Settings.Value proxies = settings.get(Key.STRATUM_PROXIES);
        Settings.Value more = settings.get(Key.LISTENERS);
        List<StratumPorts.Listener> listeners = new ArrayList<>();
        for (int i = 0; i < more.texts().size(); i++) {
            String where = more.where() + " " + (i + 1);
            listeners.add(new ListenerReader(more.texts().get(i), where, findings).read(text(Key.STRATUM_BIND)));
        }
        Optional<CertificateFiles> certificate = certificate();
        checkListeners(listeners, certificate.isPresent());
        return new StratumPorts(
                mode.orElse(Scheme.PPLNS),
                ListenerReader.networks(proxies.texts().toArray(String[]::new), proxies.where(), findings),
                listeners,
                certificate,
                settings.get(Key.WEBSOCKET_ORIGINS).texts(),
                truth(Key.REUSE_PORT));
    }

    private void checkListeners(List<StratumPorts.Listener> listeners, boolean certificate) {
        if (listeners.size() >= StratumSettings.LISTENERS_MAX) {
            wrong(Key.LISTENERS, "are " + listeners.size(), "At most " + (StratumSettings.LISTENERS_MAX - 1) + " fit");
        }
        long names =
                listeners.stream().map(StratumPorts.Listener::name).distinct().count();
        if (names < listeners.size()) {
            wrong(Key.LISTENERS, "have a name or a port twice", "Give each a name and a port of its own");
        }
        if (!certificate && listeners.stream().anyMatch(StratumPorts.Listener::tlsOnly)) {
            wrong(Key.LISTENERS, "ask for TLS, and there is no certificate", "Set stratum.tls-certificate and -key");
        }
    }

    private Optional<CertificateFiles> certificate() {
        Optional<Path> chain = path(Key.TLS_CERTIFICATE);
        Optional<Path> key = path(Key.TLS_KEY);
        if (chain.isPresent() != key.isPresent()) {
            wrong(chain.isPresent() ? Key.TLS_KEY : Key.TLS_CERTIFICATE, "is not set", "Give both files, or neither");
            return Optional.empty();
        }
        if (chain.isEmpty()) {
            return Optional.empty();
        }
        CertificateFiles files = new CertificateFiles(chain.get(), key.orElseThrow());
        try {
            TlsCertificate.check(files);
        } catch (CertificateException e) {
            wrong(Key.TLS_CERTIFICATE, "cannot be used: " + e.getMessage(), "Put certificate and key right");
        }
        return Optional.of(files);
    }

    private void distinctPorts(PoolConfig config) {
        int stratum = config.stratum().port();
        int http = config.http().port();
        int devices = config.devicePort().port();
        if (devices != 0
                && (devices == stratum
                        || devices == http
                        || devices == config.management().port())) {
            wrong(Key.DEVICE_PORT, "is taken by another listener", "Give each a port of its own");
        }
        int management = config.management().port();
        if (http != 0 && http == stratum) {
            wrong(Key.HTTP_PORT, "is the port of " + Key.STRATUM_PORT.path() + " too", "Give each a port of its own");
        }
        List<Integer> taken = new ArrayList<>(List.of(stratum, http, management));
        for (StratumPorts.Listener listener : config.ports().more()) {
            int port = listener.endpoint().port();
            if (port != 0 && taken.contains(port)) {
                wrong(Key.LISTENERS, "have port " + port + ", which is taken", "Give each a port of its own");
            }
            taken.add(port);
        }
        if (management != 0 && (management == stratum || management == http)) {
            wrong(Key.MANAGEMENT_PORT, "is taken by another listener", "Give each a port of its own");
        }
    }

    private Optional<Path> path(Key key) {
        try {
            return optional(key).map(Path::of);
        } catch (InvalidPathException e) {
            wrong(key, "is not a path", key.meaning());
            return Optional.empty();
        }
    }

    private long number(Key key, long least, long most) {
        String text = text(key);
        try {
            long value = Long.parseLong(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Told below, with the range.
        }
        wrong(key, "is \"" + text + "\"", "Give a whole number from " + least + " to " + most);
        return least;
    }

    private boolean truth(Key key) {
        String text = text(key);
        if (!text.equals("true") && !text.equals("false")) {
            wrong(key, "is \"" + text + "\"", "Use true or false");
        }
        return text.equals("true");
    }

    private String text(Key key) {
        return optional(key).orElse("");
    }

    private Optional<String> optional(Key key) {
        List<String> texts = settings.get(key).texts();
        return texts.isEmpty() ? Optional.empty() : Optional.of(texts.getFirst());
    }

    private void wrong(Key key, String what, String mend) {
        Settings.Value value = settings.get(key);
        findings.add(new Finding(value.texts().isEmpty() ? key.path() : value.where(), what, mend));
    }
}
