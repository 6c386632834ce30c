package org.motepool.chain.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.motepool.chain.ChainException;
import org.motepool.chain.node.JsonRpcClient;
import org.motepool.chain.node.NodeException;
import org.motepool.chain.node.NodeSettings;
import org.motepool.chain.template.MalformedReplyException;
import org.motepool.chain.template.ReplyFields;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Hash256;
import org.motepool.core.money.Money;

/** A wallet of a node that speaks Bitcoin Core's wallet RPC, 0.21 or newer. Amounts go over the wire as texts. */
public final class NodeWallet implements Wallet {
    private static final int COIN_DECIMALS = 8;
    private static final int COINS_MAX = 200_000;
    private static final int TRANSACTIONS_MAX = 200_000;
    private static final int CONFIRMATIONS_MAX = 9_999_999;
    private static final List<String> PARTS = List.of("trusted", "untrusted_pending", "immature");

    private static final int CODE_UNKNOWN = -5;
    private static final int CODE_ALREADY_IN_CHAIN = -27;
    /** What is said of a transaction, and not of the wire: a retry of the same gives the same. */
    private static final List<Integer> CODES_OF_TRANSACTIONS = List.of(-22, -25, -26);

    private final JsonRpcClient rpc;
    private final Duration timeout;
    private final String name;

    private NodeWallet(NodeSettings settings, String name) {
        this.rpc = new JsonRpcClient(settings);
        this.timeout = settings.requestTimeout();
        this.name = name;
    }

    /** @param wallet its name in the node; empty for the node's only one */
    public static NodeWallet of(NodeSettings node, String wallet) {
        if (wallet.isEmpty()) {
            return new NodeWallet(node, "wallet of node " + node.name());
        }
        // A name may be a path; a slash in it must not become one of the URL.
        String path = URLEncoder.encode(wallet, StandardCharsets.UTF_8).replace("+", "%20");
        String base = node.url().toString().replaceFirst("/+$", "");
        NodeSettings settings = new NodeSettings(
                URI.create(base + "/wallet/" + path),
                node.login(),
                node.connectTimeout(),
                node.requestTimeout(),
                Optional.empty());
        return new NodeWallet(settings, "wallet " + wallet + " of node " + node.name());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Optional<Money> coins(String address) throws ChainException {
        if (!call("getaddressinfo", address).path("ismine").asBoolean()) {
            return Optional.empty();
        }
        JsonNode mine = call("getbalances").path("mine");
        Money sum = Money.ZERO;
        for (String part : PARTS) {
            sum = sum.plus(Money.ofSatoshis(satoshis("getbalances", mine.path(part))));
        }
        return Optional.of(sum);
    }

    @Override
    public boolean countsWith(Hash256 transaction) throws ChainException {
        try {
            JsonNode known = tryCall("gettransaction", transaction.toDisplayHex());
            boolean abandoned = known.path("details").path(0).path("abandoned").asBoolean();
            return known.path("confirmations").asInt(-1) >= 0 && !abandoned;
        } catch (NodeException.Refused e) {
            if (e.code() == CODE_UNKNOWN) {
                return false;
            }
            throw new ChainException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public List<Coin> spendable(int confirmations) throws ChainException {
        JsonNode list = call("listunspent", confirmations, CONFIRMATIONS_MAX, List.of(), false);
        if (!list.isArray() || list.size() > COINS_MAX) {
            throw strange("listunspent", "no list of at most " + COINS_MAX + " coins");
        }
        List<Coin> coins = new ArrayList<>(list.size());
        for (JsonNode each : list) {
            // Absent in nodes that have no such thing: then everything listed can be signed.
            if (each.path("spendable").asBoolean(true)
                    && each.path("solvable").asBoolean(true)
                    && !each.path("ismweb").asBoolean()) {
                ReplyFields fields = fields("listunspent", each);
                try {
                    OutPoint place =
                            new OutPoint(fields.hash("txid"), (int) fields.integer("vout", 0, Integer.MAX_VALUE));
                    coins.add(new Coin(place, satoshis("listunspent", each.path("amount"))));
                } catch (MalformedReplyException e) {
                    throw strange("listunspent", String.valueOf(e.getMessage()));
                }
            }
        }
        return coins;
    }

    @Override
    public void lock(List<OutPoint> coins, boolean hold) throws ChainException {
        for (OutPoint coin : coins) {
            try {
                // One by one: a call with one that is locked or spent already locks none.
                tryCall("lockunspent", !hold, List.of(input(coin)));
            } catch (NodeException.Refused e) {
                // It is so already, or spent.
            }
        }
    }

    @Override
    public String changeAddress() throws ChainException {
        return call("getrawchangeaddress").asText();
    }

    @Override
    public Funded fund(List<OutPoint> inputs, List<Payee> payees, String changeAddress, FeeRate rate)
            throws ChainException {
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < payees.size(); i++) {
            all.add(i);
        }
        Map<String, Object> options = Map.of(
                "add_inputs",
                false,
                "changeAddress",
                changeAddress,
                "changePosition",
                payees.size(),
                "fee_rate",
                rate.toString(),
                "subtractFeeFromOutputs",
                all,
                "replaceable",
                true);
        JsonNode funded = call("walletcreatefundedpsbt", inputs(inputs), outputs(payees), 0, options, false);
        JsonNode outputs =
                call("decodepsbt", funded.path("psbt").asText()).path("tx").path("vout");
        int change = funded.path("changepos").asInt(-1);
        if (outputs.size() != payees.size() + (change < 0 ? 0 : 1) || (change >= 0 && change != payees.size())) {
            throw strange("walletcreatefundedpsbt", outputs.size() + " outputs, change at " + change);
        }
        List<Long> amounts = new ArrayList<>(payees.size());
        for (int i = 0; i < payees.size(); i++) {
            amounts.add(satoshis("decodepsbt", outputs.path(i).path("value")));
        }
        return new Funded(
                amounts,
                change < 0 ? 0 : satoshis("decodepsbt", outputs.path(change).path("value")));
    }

    @Override
    public Bytes sign(List<OutPoint> inputs, List<Payee> outputs) throws ChainException {
        String psbt =
                call("createpsbt", inputs(inputs), outputs(outputs), 0, true).asText();
        JsonNode signed = call("walletprocesspsbt", psbt, true, "ALL", false);
        if (!signed.path("complete").asBoolean()) {
            throw new ChainException(name + " has not all keys for the coins it was to spend: it holds watch-only keys,"
                    + " or is not the wallet that the coins are in");
        }
        JsonNode whole = call("finalizepsbt", signed.path("psbt").asText());
        try {
            return Bytes.ofHex(whole.path("hex").asText());
        } catch (IllegalArgumentException e) {
            throw strange("finalizepsbt", "no transaction");
        }
    }

    @Override
    public Optional<String> refusal(Bytes transaction) throws ChainException {
        JsonNode verdict =
                call("testmempoolaccept", List.of(transaction.toHex())).path(0);
        if (!verdict.path("allowed").isBoolean()) {
            throw strange("testmempoolaccept", "no verdict");
        }
        return verdict.path("allowed").asBoolean()
                ? Optional.empty()
                : Optional.of(verdict.path("reject-reason").asText("no reason"));
    }

    @Override
    public Sent send(Bytes transaction) throws ChainException {
        try {
            tryCall("sendrawtransaction", transaction.toHex());
            return new Sent(true, "");
        } catch (NodeException.Refused e) {
            if (e.code() == CODE_ALREADY_IN_CHAIN) {
                return new Sent(true, "");
            }
            if (CODES_OF_TRANSACTIONS.contains(e.code())) {
                return new Sent(false, e.reason());
            }
            throw new ChainException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public boolean inMempool(Hash256 transaction) throws ChainException {
        try {
            tryCall("getmempoolentry", transaction.toDisplayHex());
            return true;
        } catch (NodeException.Refused e) {
            if (e.code() == CODE_UNKNOWN) {
                return false;
            }
            throw new ChainException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public boolean isUnspent(OutPoint output, boolean mempool) throws ChainException {
        return call("gettxout", output.id().toDisplayHex(), output.index(), mempool)
                .isObject();
    }

    @Override
    public FeeRate lowestRate() throws ChainException {
        JsonNode info = call("getmempoolinfo");
        FeeRate least = new FeeRate(1);
        for (String field : List.of("mempoolminfee", "minrelaytxfee")) {
            least = rate("getmempoolinfo", info.path(field)).map(least::max).orElse(least);
        }
        return least;
    }

    @Override
    public Optional<FeeRate> estimate(int blocks) throws ChainException {
        return rate("estimatesmartfee", call("estimatesmartfee", blocks).path("feerate"));
    }

    @Override
    public List<Hash256> transactions(Hash256 block) throws ChainException {
        JsonNode list = call("getblock", block.toDisplayHex(), 1).path("tx");
        if (!list.isArray() || list.size() > TRANSACTIONS_MAX) {
            throw strange("getblock", "no list of transactions");
        }
        List<Hash256> ids = new ArrayList<>(list.size());
        try {
            for (JsonNode each : list) {
                ids.add(Hash256.ofDisplayHex(each.asText()));
            }
        } catch (IllegalArgumentException e) {
            throw strange("getblock", "a transaction without id");
        }
        return ids;
    }

    private static List<Map<String, Object>> inputs(List<OutPoint> inputs) {
        return inputs.stream().map(NodeWallet::input).toList();
    }

    private static Map<String, Object> input(OutPoint coin) {
        return Map.of("txid", coin.id().toDisplayHex(), "vout", coin.index());
    }

    private static List<Map<String, String>> outputs(List<Payee> payees) {
        return payees.stream()
                .map(payee -> Map.of(
                        payee.address(),
                        BigDecimal.valueOf(payee.satoshis(), COIN_DECIMALS).toPlainString()))
                .toList();
    }

    private Optional<FeeRate> rate(String method, JsonNode perKvb) throws ChainException {
        if (!perKvb.isNumber()) {
            return Optional.empty();
        }
        long satoshis = satoshis(method, perKvb);
        if (satoshis > FeeRate.PER_KVB_MAX) {
            throw strange(method, "a fee rate of " + satoshis + " satoshis a kvB");
        }
        return satoshis < 1 ? Optional.empty() : Optional.of(new FeeRate(satoshis));
    }

    private long satoshis(String method, JsonNode amount) throws ChainException {
        try {
            if (amount.isNumber()) {
                long satoshis =
                        amount.decimalValue().movePointRight(COIN_DECIMALS).longValueExact();
                if (satoshis >= 0 && satoshis <= Money.SATOSHIS_MAX) {
                    return satoshis;
                }
            }
        } catch (ArithmeticException e) {
            // Told below.
        }
        throw strange(method, "an amount that no wallet can have");
    }

    private ReplyFields fields(String method, JsonNode node) throws ChainException {
        try {
            return ReplyFields.of(method, node);
        } catch (MalformedReplyException e) {
            throw strange(method, String.valueOf(e.getMessage()));
        }
    }

    private ChainException strange(String method, String what) {
        return new ChainException(name + ": " + method + " answered " + what);
    }

    private JsonNode call(String method, Object... params) throws ChainException {
        try {
            return tryCall(method, params);
        } catch (NodeException.Refused e) {
            throw new ChainException(String.valueOf(e.getMessage()), e);
        }
    }

    private JsonNode tryCall(String method, Object... params) throws ChainException, NodeException.Refused {
        try {
            return call(method, List.of(params), true);
        } catch (NodeException.Refused e) {
            throw e;
        } catch (NodeException e) {
            throw new ChainException(String.valueOf(e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChainException("interrupted while asking " + name, e);
        }
    }

    /** Every method called here may safely be called twice, so a connection that the node had closed costs nothing. */
    private JsonNode call(String method, List<Object> params, boolean again)
            throws NodeException, InterruptedException {
        try {
            return rpc.call(method, params, timeout);
        } catch (NodeException.Unavailable e) {
            if (again && e.dropped()) {
                return call(method, params, false);
            }
            throw e;
        }
    }

    @Override
    public void close() {
        rpc.close();
    }
}
