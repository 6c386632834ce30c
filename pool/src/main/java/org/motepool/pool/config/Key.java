package org.motepool.pool.config;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Every setting there is: its place in the file, its default, what it means, and what is special about it. One line here
 * is all that a new one needs to be read from file and environment, shown by {@code mote config show} and described in
 * {@code deploy/mote.reference.toml}, which {@code mote config reference} prints. The environment variable of {@code
 * stratum.share-seconds} is {@code MOTE_STRATUM_SHARE_SECONDS}.
 */
public enum Key {
    NETWORK(
            "network",
            "main",
            "main, testnet4, signet, regtest, ltc-main, ltc-test, ltc-regtest, devnet (the built-in chain) or bench (the same"
                    + " for measuring, without blocks)"),

    POOL_NAME("pool.name", "Motepool", "shown on the page"),
    POOL_TAG("pool.tag", "/motepool/", "printable text in the coinbase of every block, at most 20 characters"),
    PAYOUT_ADDRESS("pool.payout-address", "", "where the pool's coinbase goes; required on real networks"),
    FEE("pool.fee-basis-points", "100", "the pool's part of a reward: 100 is 1 %"),
    MINIMUM_PAYOUT("pool.minimum-payout", "100000", "in satoshis; who has less is not paid yet"),

    POT_DAILY("pot.daily-satoshis", "0", "shared by each day's work out of a sponsored pot; mote pot fund fills it"),

    PAYOUT_ENABLED(
            "payout.enabled", "false", "true pays miners from the wallet of a node; look at mote payout plan first"),
    PAYOUT_WALLET("payout.wallet", "", "name of the wallet in the node; empty where the node has one alone"),
    PAYOUT_NODE(
            "payout.node",
            "",
            "http://USER:PASSWORD@HOST:PORT of the node with the wallet; by default the first of node.urls",
            Trait.SECRET),
    PAYOUT_EVERY_HOURS("payout.every-hours", "24", "from one run to the next; mote payout run begins one at once"),
    PAYOUT_HOUR("payout.hour", "4", "of the day by UTC, 0 to 23, when the first run of a day begins"),
    PAYOUT_FEE_TARGET("payout.fee-target-blocks", "36", "within so many blocks a payment should be in one"),
    PAYOUT_FALLBACK_FEE(
            "payout.fallback-fee-rate",
            "",
            "satoshis for a virtual byte where the node has no estimate; empty waits until it has"),
    PAYOUT_MAX_FEE(
            "payout.max-fee-rate", "100", "satoshis for a virtual byte; while the chain asks for more, payments wait"),
    PAYOUT_MAX_FEE_PART(
            "payout.max-fee-basis-points",
            "500",
            "of a payee's amount the network's fee may take so much, 100 is 1 %; else the payment is left for the next run"),
    PAYOUT_BUMP_AFTER(
            "payout.bump-after-blocks", "36", "a payment that is in none of so many blocks gets a higher fee; 0 never"),
    PAYOUT_CONFIRMATIONS(
            "payout.confirmations", "6", "after which a payment is final, and a coin of the wallet may be spent"),
    LIGHTNING_URL(
            "payout.lightning-url",
            "",
            "https://HOST:PORT of Core Lightning's clnrest, for accounts that want to be paid over Lightning; optional"),
    LIGHTNING_RUNE("payout.lightning-rune", "", "its rune; it has to allow decode, listpays and xpay", Trait.SECRET),
    LIGHTNING_CERTIFICATE(
            "payout.lightning-certificate",
            "",
            "PEM file of the authority that signed its certificate, the node's ca.pem"),
    LIGHTNING_MOST(
            "payout.lightning-max-satoshis", "100000", "of one payment over Lightning; larger ones go on the chain"),
    LIGHTNING_IN_FLIGHT(
            "payout.lightning-in-flight-satoshis", "1000000", "of payments over Lightning that are under way"),
    LIGHTNING_MAX_FEE(
            "payout.lightning-max-fee-basis-points",
            "100",
            "what the way may cost, borne by the pool: 100 is 1 %; one satoshi is allowed in any case"),

    NOTICE_ENABLED(
            "notice.enabled",
            "false",
            "true tells owners of addresses who ask for it, by webhook or ntfy, what happens to their workers and money: payout"
                    + " then connects to public hosts that they name"),
    NOTICE_SILENT("notice.silent-minutes", "10", "without a share, after which a worker is called silent"),

    NODES(
            "node.urls",
            "",
            "http://USER:PASSWORD@HOST:PORT of each full node, in order of preference",
            Trait.LIST,
            Trait.SECRET),
    NODE_COOKIE("node.cookie-file", "", "a node's .cookie file, in place of user and password"),
    NODE_ZMQ("node.zmq-hashblock", "", "tcp://HOST:PORT where the first node publishes hashblock; optional"),

    STRATUM_BIND("stratum.bind", "0.0.0.0", "address that devices connect to"),
    STRATUM_PORT("stratum.port", "3333", "0 takes a free one"),
    STRATUM_MODE(
            "stratum.mode",
            "pplns",
            "pplns shares every block by work; solo pays who finds it, straight from the block"),
    STRATUM_PROXIES(
            "stratum.proxy-from",
            "",
            "networks of proxies, whose connections begin with a PROXY header; nobody else's may",
            Trait.LIST),
    WEBSOCKET_ORIGINS(
            "stratum.websocket-origins",
            "",
            "sites whose pages may mine, like https://pool.example; by default those of any",
            Trait.LIST),
    TLS_CERTIFICATE(
            "stratum.tls-certificate", "", "PEM file with the certificate chain: then every port speaks TLS as well"),
    TLS_KEY("stratum.tls-key", "", "PEM file with its key, PKCS #8; both are read again when they change"),
    LISTENERS("listener", "", "more ports, each a table or a line like port=2018 mode=solo", Trait.LIST),
    REUSE_PORT(
            "stratum.reuse-port",
            "false",
            "true lets a new process listen on the ports of one that runs with true too, to take over from it (mote drain);"
                    + " Linux alone"),
    SHARE_SECONDS("stratum.share-seconds", "15", "aimed at between two shares of a device"),

    HTTP_BIND("http.bind", "0.0.0.0", "address of the public page"),
    HTTP_PORT("http.port", "8080", "0 takes a free one"),
    DEVICE_PORT(
            "http.device-port",
            "",
            "plain HTTP for boards that show the pool's numbers; they ask on 2019, the default, and nowhere else; or off"),
    PUBLIC_HOST(
            "http.public-host", "", "host name that the page tells miners; by default the one in their address bar"),

    MANAGEMENT_BIND("management.bind", "127.0.0.1", "address of health, metrics and admin; keep it private"),
    MANAGEMENT_PORT("management.port", "9333", "0 takes a free one"),

    REDIS_URL(
            "redis.url",
            "",
            "redis://[[USER]:PASSWORD@]HOST:PORT, rediss:// with TLS, redis-sentinel://[[USER]:PASSWORD@]HOST:PORT,HOST:PORT#NAME or"
                    + " redis-cluster://[[USER]:PASSWORD@]HOST:PORT,HOST:PORT; empty runs an embedded Redis in the data"
                    + " directory",
            Trait.SECRET),
    REDIS_AUTHORITY(
            "redis.ca-certificate",
            "",
            "PEM file of the authority that signed Redis's certificate, for rediss://; by default those that Java knows"),
    REDIS_SHARDS("redis.shards", "1", "streams of work; fixed when the store is created"),

    DATA("data.dir", "data", "share logs, journal, embedded Redis"),
    KEEP_SHARES_DAYS(
            "data.keep-shares-days",
            "30",
            "that shares stay on the disk as proof; never deleted before they are in the journal; 0 keeps them for ever"),
    JOURNAL_MIRROR("data.journal-mirror", "", "a second directory for the journal, on another disk; optional"),

    DEVNET_POW_SHIFT("devnet.pow-shift", "16", "first bits of a hash that the devnet ignores"),
    DEVNET_BLOCK_SECONDS("devnet.block-seconds", "600", "aimed at between two blocks"),
    DEVNET_START_LEVEL("devnet.start-level", "45", "two to this power nominal hashes make one of the first blocks"),
    DEVNET_TRANSACTIONS("devnet.transactions", "", "most in a template; 20 on devnet, 3000 on bench unless set");

    private final String path;
    private final String fallback;
    private final String meaning;
    private final boolean list;
    private final boolean secret;

    Key(String path, String fallback, String meaning, Trait... traits) {
        this.path = path;
        this.fallback = fallback;
        this.meaning = meaning;
        this.list = List.of(traits).contains(Trait.LIST);
        this.secret = List.of(traits).contains(Trait.SECRET);
    }

    /** What is special about a key. */
    enum Trait {
        /** A list in the file, separated by commas or spaces elsewhere. */
        LIST,
        /** Never shown; may also stand in a file that a variable with {@code _FILE} at its end names. */
        SECRET
    }

    /** Dotted place in the file. */
    public String path() {
        return path;
    }

    /** Text of the default; empty for none. */
    public String fallback() {
        return fallback;
    }

    public String meaning() {
        return meaning;
    }

    /** A list in the file, separated by commas or spaces elsewhere. */
    public boolean isList() {
        return list;
    }

    /** Holds a password or a key, perhaps within a URL. */
    public boolean isSecret() {
        return secret;
    }

    /** What separates the entries of a list in the environment. */
    String separator() {
        return this == LISTENERS ? ";" : "[,\\s]+";
    }

    public String environmentName() {
        return "MOTE_" + path.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    public static Optional<Key> ofPath(String path) {
        for (Key key : values()) {
            if (key.path.equals(path)) {
                return Optional.of(key);
            }
        }
        return Optional.empty();
    }

    public static Optional<Key> ofEnvironmentName(String name) {
        for (Key key : values()) {
            if (key.environmentName().equals(name)) {
                return Optional.of(key);
            }
        }
        return Optional.empty();
    }

    /** The key whose variable a mistyped one is within two letters of, if there is one. */
    static Optional<Key> nearestEnvironmentName(String mistyped) {
        for (Key key : values()) {
            if (distance(mistyped, key.environmentName()) <= 2) {
                return Optional.of(key);
            }
        }
        return Optional.empty();
    }

    /** The key a mistyped path most likely meant, if one is near. */
    public static Optional<Key> nearest(String mistyped) {
        Key best = null;
        int bestDistance = Integer.MAX_VALUE;
        for (Key key : values()) {
            String lastPart = key.path.substring(key.path.lastIndexOf('.') + 1);
            int distance = Math.min(distance(mistyped, key.path), distance(mistyped, lastPart) + 1);
            if (distance < bestDistance) {
                bestDistance = distance;
                best = key;
            }
        }
        return bestDistance <= Math.max(2, mistyped.length() / 3) ? Optional.ofNullable(best) : Optional.empty();
    }

    /** Levenshtein distance. */
    private static int distance(String left, String right) {
        int[] row = new int[right.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[right.length()];
    }
}
