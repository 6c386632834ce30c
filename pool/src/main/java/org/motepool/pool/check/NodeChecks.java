package org.motepool.pool.check;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.motepool.chain.ChainException;
import org.motepool.chain.ChainParameters;
import org.motepool.chain.node.NodeSettings;
import org.motepool.chain.node.NodeSurvey;
import org.motepool.chain.template.BlockTemplate;
import org.motepool.chain.wallet.Wallet;
import org.motepool.core.address.Network;
import org.motepool.core.time.PoolClock;
import org.motepool.pool.config.Key;
import org.motepool.pool.config.PoolConfig;
import org.motepool.pool.wiring.ChainOpener;
import org.motepool.pool.wiring.PayerOpener;

/** Full nodes, and the wallet that payments would come from. */
final class NodeChecks {
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration REQUEST = Duration.ofSeconds(10);
    /** A header is a moment ahead of its block. */
    private static final int BEHIND_MAX = 2;
    /** So many block times without a block happen about once in three years of ten minutes each. */
    private static final int TIP_BLOCK_TIMES = 12;
    /** What the wallet's calls need, as Bitcoin Core and Litecoin Core number their versions: 0.21. */
    private static final int WALLET_VERSION = 210_000;
    /** The witness commitment of templates: 0.16. */
    private static final int TEMPLATE_VERSION = 160_000;
    /** A template may be some seconds old, and its time never goes back behind the chain's. */
    private static final Duration SKEW_WARNING = Duration.ofSeconds(30);
    /** Half of what nodes let a block be ahead of them is lost long before; shares carry such times too. */
    private static final Duration SKEW_ERROR = Duration.ofMinutes(10);

    private final PoolConfig config;
    private final PoolClock clock;
    private final Remarks remarks;

    NodeChecks(PoolConfig config, PoolClock clock, Remarks remarks) {
        this.config = config;
        this.clock = clock;
        this.remarks = remarks;
    }

    /** Returns a template of the first node that gives one. */
    Optional<BlockTemplate> run() {
        List<URI> urls = config.nodes().urls();
        if (urls.isEmpty()) {
            remarks.note(Key.NETWORK, config.network().id() + " is built in: no node is asked");
            return Optional.empty();
        }
        Optional<BlockTemplate> first = Optional.empty();
        for (URI url : urls) {
            Optional<BlockTemplate> template = node(url);
            first = first.isPresent() ? first : template;
        }
        if (config.payments().on()) {
            wallet();
        }
        return first;
    }

    private Optional<BlockTemplate> node(URI url) {
        ChainParameters parameters = ChainOpener.parameters(config);
        try {
            NodeSettings settings = NodeSettings.of(
                            url.toString(), config.nodes().cookieFile(), Optional.empty())
                    .withTimeouts(CONNECT, REQUEST);
            NodeSurvey survey = NodeSurvey.of(settings, parameters);
            tell(survey, parameters);
            return survey.wrongNetwork().isEmpty() ? survey.template() : Optional.empty();
        } catch (ChainException | IllegalArgumentException e) {
            remarks.error(
                    Key.NODES,
                    String.valueOf(e.getMessage()),
                    "Start the node with server=1, and give the address, user and password of its RPC");
            return Optional.empty();
        }
    }

    private void tell(NodeSurvey survey, ChainParameters parameters) {
        String node = "node " + survey.name();
        if (!survey.wrongNetwork().isEmpty()) {
            int colon = survey.wrongNetwork().lastIndexOf(": ");
            remarks.error(
                    Key.NODES,
                    survey.wrongNetwork().substring(0, colon),
                    "Correct node.urls, or network (" + config.network().id() + ")");
            return;
        }
        remarks.note(
                Key.NODES,
                node + " is on " + config.network().id() + " at block " + survey.blocks()
                        + (survey.program().isEmpty() ? "" : ", " + survey.program()));
        synced(survey, node);
        tip(survey, node, parameters);
        version(survey, node);
        if (survey.template().isEmpty()) {
            remarks.error(
                    Key.NODES,
                    node + " gives no template: " + survey.templateTrouble(),
                    "It gives some once it is synced and has peers");
        } else if (!config.network().isBuiltIn()) {
            new Skew(node, SKEW_WARNING, SKEW_ERROR)
                    .look(Integer.toUnsignedLong(survey.template().get().curTime()) * 1000, clock, Key.NODES, remarks);
        }
    }

    private boolean isPlayground() {
        Network network = config.network();
        return network.isBuiltIn() || network == Network.REGTEST || network == Network.LTC_REGTEST;
    }

    private void synced(NodeSurvey survey, String node) {
        boolean behind = survey.headers() - survey.blocks() > BEHIND_MAX;
        // A regtest node says that it downloads until it has a block of today, and works as well.
        if (behind || survey.downloading() && !isPlayground()) {
            remarks.error(
                    Key.NODES,
                    "%s is not synced: it has block %d of %d%s"
                            .formatted(
                                    node,
                                    survey.blocks(),
                                    survey.headers(),
                                    survey.downloading() ? " and is in its initial download" : ""),
                    "Wait until it is; its log says how far it has come");
        }
    }

    private void tip(NodeSurvey survey, String node, ChainParameters parameters) {
        if (survey.tipTime().isEmpty() || isPlayground() || survey.downloading()) {
            return;
        }
        Duration age =
                Duration.ofSeconds(clock.epochSeconds() - survey.tipTime().getAsLong());
        if (age.compareTo(parameters.blockTime().multipliedBy(TIP_BLOCK_TIMES)) > 0) {
            remarks.warning(
                    Key.NODES,
                    node + " has heard of no block for " + age.toMinutes() + " minutes",
                    "See whether it has peers (getpeerinfo), and whether this machine's clock is right");
        }
    }

    private void version(NodeSurvey survey, String node) {
        OptionalInt version = survey.version();
        int needed = config.payments().on() ? WALLET_VERSION : TEMPLATE_VERSION;
        if (version.isPresent() && version.getAsInt() < needed) {
            remarks.error(
                    Key.NODES,
                    node + " is " + survey.program() + ", too old"
                            + (config.payments().on()
                                    ? " for payments from its wallet"
                                    : " for templates with witnesses"),
                    "Upgrade it to 0." + needed / 10_000 + " or newer");
        }
    }

    private void wallet() {
        Key key = config.payments().wallet().isEmpty() ? Key.PAYOUT_ENABLED : Key.PAYOUT_WALLET;
        try (Wallet wallet = PayerOpener.wallet(config)) {
            boolean holds = wallet.coins(config.payoutAddress().canonical()).isPresent();
            remarks.note(key, wallet.name() + " answers");
            if (!holds) {
                remarks.warning(
                        Key.PAYOUT_ADDRESS,
                        "is no address of " + wallet.name() + ", which miners are paid from",
                        "Give an address of that wallet, or bring the rewards there yourself");
            }
        } catch (ChainException | IllegalArgumentException e) {
            remarks.error(
                    key,
                    "the wallet that miners are paid from cannot be used: " + e.getMessage(),
                    "Load it (bitcoin-cli loadwallet NAME) and name it in payout.wallet, or set payout.enabled to"
                            + " false");
        }
    }
}
