package org.motepool.chain.node;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.motepool.core.hash.Hash256;

/** The wallet of a {@link RealNode}: JSON-RPC as Bitcoin Core words it, on a port of its own. Amounts in satoshis. */
public final class RealNodeWallet implements AutoCloseable {
    private final NodeSettings settings;
    private final String address;
    private final JsonRpcClient rpc;

    RealNodeWallet(NodeSettings settings, String address) {
        this.settings = settings;
        this.address = address;
        rpc = new JsonRpcClient(settings);
    }

    /** How to reach it, for a payer under test. */
    public NodeSettings settings() {
        return settings;
    }

    /** A P2PKH address of its first account, {@code default}, which holds the coins. */
    public String address() {
        return address;
    }

    /** Makes an account of its own; its P2WPKH address. */
    public String newAccount(String name) throws IOException, InterruptedException {
        RpcAuthorization authorization = new RpcAuthorization(settings.login());
        HttpRequest request = HttpRequest.newBuilder(settings.url().resolve("/wallet/primary/account/" + name))
                .timeout(Duration.ofSeconds(10))
                .header("Authorization", authorization.header().orElseThrow())
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString("{\"witness\":true}"))
                .build();
        try (HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            String body =
                    http.send(request, HttpResponse.BodyHandlers.ofString()).body();
            String made =
                    new ObjectMapper().readTree(body).path("receiveAddress").asText("");
            if (made.isEmpty()) {
                throw new IOException("the wallet made no account: " + body);
            }
            return made;
        }
    }

    /** What an account has in blocks, coinbases that are not mature included. */
    public long balance(String account) throws NodeException, InterruptedException {
        return satoshis(rpc.call("getbalance", account, 1).decimalValue());
    }

    /** Pays several addresses in one transaction from one account; the transaction's id. */
    public Hash256 sendMany(String account, Map<String, Long> amounts) throws NodeException, InterruptedException {
        Map<String, BigDecimal> coins = new LinkedHashMap<>();
        amounts.forEach((to, amount) -> coins.put(to, BigDecimal.valueOf(amount, 8)));
        return Hash256.ofDisplayHex(rpc.call("sendmany", account, coins).asText());
    }

    private static long satoshis(BigDecimal coins) {
        return coins.movePointRight(8).longValueExact();
    }

    @Override
    public void close() {
        rpc.close();
    }
}
