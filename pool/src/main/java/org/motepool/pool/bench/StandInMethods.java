package org.motepool.pool.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.function.Supplier;
import org.motepool.chain.block.RawBlock;
import org.motepool.core.address.AddressException;
import org.motepool.core.address.Network;
import org.motepool.core.address.PayoutAddress;

/** What pools ask of a full node, answered by a chain that nobody mines. Thread-safe. */
final class StandInMethods {
    static final int METHOD_NOT_FOUND = -32601;
    private static final int WALLET_NOT_FOUND = -18;
    private static final int INVALID_ADDRESS_OR_KEY = -5;
    private static final int INVALID_PARAMETER = -8;
    /** No block is ever found at this difficulty. */
    private static final String REFUSED = "high-hash";

    private static final int FULL_VERSION = 270_000;
    private static final long LONG_POLL_MILLIS = 60_000;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final StandInChain chain;
    private final Supplier<JsonNode> newTip;

    /** @param newTip makes one and says when it was published */
    StandInMethods(StandInChain chain, Supplier<JsonNode> newTip) {
        this.chain = chain;
        this.newTip = newTip;
    }

    /** A method cannot be answered; carries a full node's code. */
    static final class RpcException extends Exception {
        private final int code;

        RpcException(int code, String message) {
            super(message);
            this.code = code;
        }

        int code() {
            return code;
        }
    }

    /** All but getblocktemplate, which is of another size. */
    JsonNode call(String method, JsonNode params) throws RpcException {
        return switch (method) {
            case "newtip" -> newTip.get();
            case "getblockchaininfo" -> chainInfo();
            case "getnetworkinfo" ->
                JSON.objectNode().put("version", FULL_VERSION).put("subversion", "/stand-in/");
            case "getblockcount" -> IntNode.valueOf(chain.height());
            case "getbestblockhash" -> TextNode.valueOf(chain.tip().hash().toDisplayHex());
            case "getblockhash" -> TextNode.valueOf(at(params.path(0)).hash().toDisplayHex());
            case "getblockheader" -> header(params.path(0).asText(""));
            case "getblock" -> block(params.path(0).asText(""));
            case "validateaddress" -> address(params.path(0).asText(""));
            case "submitblock" -> TextNode.valueOf(REFUSED);
            case "getaddressinfo", "getbalances" ->
                throw new RpcException(WALLET_NOT_FOUND, "the stand-in node has no wallet");
            default -> throw new RpcException(METHOD_NOT_FOUND, "Method not found");
        };
    }

    private ObjectNode chainInfo() {
        return JSON.objectNode()
                .put("chain", Network.MAIN.id())
                .put("blocks", chain.height())
                .put("headers", chain.height())
                .put("bestblockhash", chain.tip().hash().toDisplayHex())
                .put("initialblockdownload", false)
                .put("verificationprogress", 1);
    }

    private RawBlock at(JsonNode height) throws RpcException {
        return chain.at(height.asInt(-1))
                .orElseThrow(() -> new RpcException(INVALID_PARAMETER, "Block height out of range"));
    }

    private int heightOf(String hash) throws RpcException {
        return chain.heightOf(hash).orElseThrow(() -> new RpcException(INVALID_ADDRESS_OR_KEY, "Block not found"));
    }

    private ObjectNode header(String hash) throws RpcException {
        int height = heightOf(hash);
        return JSON.objectNode()
                .put("hash", hash)
                .put("height", height)
                .put("confirmations", chain.height() - height + 1);
    }

    private TextNode block(String hash) throws RpcException {
        return TextNode.valueOf(at(IntNode.valueOf(heightOf(hash))).serialized().toHex());
    }

    private static ObjectNode address(String text) {
        ObjectNode out = JSON.objectNode();
        try {
            PayoutAddress address = PayoutAddress.parse(text, Network.MAIN);
            boolean isWitness = text.regionMatches(true, 0, "bc1", 0, 3);
            out.put("isvalid", true)
                    .put("address", address.canonical())
                    .put("isscript", text.startsWith("3"))
                    .put("iswitness", isWitness);
        } catch (AddressException e) {
            out.put("isvalid", false);
        }
        return out;
    }

    /** Waits where the request is a long poll; what {@link StandInChain#head} then gives is its answer. */
    void awaitTemplate(JsonNode request) throws InterruptedException {
        String id = request.path("longpollid").asText("");
        if (id.matches("[0-9]{1,9}")) {
            chain.awaitOther(Integer.parseInt(id), LONG_POLL_MILLIS);
        }
    }
}
