package org.motepool.chain.devnet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Duration;
import org.motepool.chain.Chain.ChainBlock;
import org.motepool.chain.Chain.ChainTip;
import org.motepool.chain.Chain.SubmitOutcome;
import org.motepool.chain.block.RawBlock;
import org.motepool.chain.template.BlockTemplate;
import org.motepool.core.bytes.ByteWriter;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.bytes.MalformedBytesException;
import org.motepool.core.hash.Hash256;

/** The few RPC methods of a full node that a pool calls, answered by the built-in chain. Thread-safe. */
final class NodeMethods {
    static final int METHOD_NOT_FOUND = -32601;
    static final int WALLET_NOT_FOUND = -18;
    static final int INVALID_ADDRESS_OR_KEY = -5;
    static final int INVALID_PARAMETER = -8;
    static final int DESERIALIZATION = -22;
    static final int WARMING_UP = -28;

    /** A long poll ends after this without news, as a full node's does. */
    private static final Duration LONG_POLL_MAX = Duration.ofSeconds(60);
    /** Of no template: what a plain request knows. */
    private static final long NONE = 0;

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final DevnetChain chain;
    private final TemplateBoard board;

    NodeMethods(DevnetChain chain, TemplateBoard board) {
        this.chain = chain;
        this.board = board;
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

    JsonNode call(String method, JsonNode params) throws RpcException, InterruptedException {
        return switch (method) {
            case "getblockchaininfo" -> info();
            case "getblockhash" -> TextNode.valueOf(hashAt(params.path(0)).toDisplayHex());
            case "getblockheader" -> header(block(params.path(0)));
            case "getblock" -> TextNode.valueOf(bytes(block(params.path(0))).toHex());
            case "getblocktemplate" -> template(params.path(0));
            case "submitblock" -> submit(params.path(0).asText(""));
            case "getaddressinfo", "getbalances" ->
                throw new RpcException(WALLET_NOT_FOUND, "the devnet has no wallet");
            default -> throw new RpcException(METHOD_NOT_FOUND, "Method not found");
        };
    }

    private ObjectNode info() {
        ChainTip tip = chain.tip();
        return JSON.objectNode()
                .put("chain", chain.parameters().network().id())
                .put("blocks", tip.height())
                .put("headers", tip.height())
                .put("bestblockhash", tip.hash().toDisplayHex())
                .put("initialblockdownload", false)
                .put("verificationprogress", 1);
    }

    private Hash256 hashAt(JsonNode height) throws RpcException {
        if (!height.canConvertToInt()) {
            throw new RpcException(INVALID_PARAMETER, "Block height out of range");
        }
        return chain.hashAt(height.asInt())
                .orElseThrow(() -> new RpcException(INVALID_PARAMETER, "Block height out of range"));
    }

    private ChainBlock block(JsonNode hash) throws RpcException {
        try {
            return chain.block(Hash256.ofDisplayHex(hash.asText("")))
                    .orElseThrow(() -> new RpcException(INVALID_ADDRESS_OR_KEY, "Block not found"));
        } catch (IllegalArgumentException e) {
            throw new RpcException(INVALID_PARAMETER, "blockhash must be of 64 hex digits");
        }
    }

    private static ObjectNode header(ChainBlock block) {
        return JSON.objectNode()
                .put("hash", block.hash().toDisplayHex())
                .put("height", block.height())
                .put("confirmations", block.confirmations());
    }

    /** Header and coinbase alone: the devnet makes its other transactions up and keeps none of them. */
    private static Bytes bytes(ChainBlock block) {
        return new ByteWriter(256)
                .bytes(block.header())
                .compactSize(1)
                .bytes(block.coinbase())
                .toBytes();
    }

    private JsonNode template(JsonNode request) throws RpcException, InterruptedException {
        String id = request.path("longpollid").asText("");
        long known = id.matches("[0-9]{1,18}") ? Long.parseLong(id) : NONE;
        Duration wait = known == NONE ? TemplateBoard.FIRST_MAX : LONG_POLL_MAX;
        TemplateBoard.Posted posted =
                board.awaitOther(known, wait).orElseThrow(() -> new RpcException(WARMING_UP, "no template yet"));
        return json(posted.template()).put("longpollid", Long.toString(posted.number()));
    }

    private static ObjectNode json(BlockTemplate template) {
        ObjectNode out = JSON.objectNode()
                .put("version", template.version())
                .put("previousblockhash", template.prevHash().toDisplayHex())
                .put("height", template.height())
                .put("bits", template.nbits().toHex())
                .put("mintime", Integer.toUnsignedLong(template.minTime()))
                .put("curtime", Integer.toUnsignedLong(template.curTime()))
                .put("coinbasevalue", template.coinbaseValue());
        ArrayNode rules = out.putArray("rules");
        template.witnessCommitment().ifPresent(script -> {
            rules.add("segwit");
            out.put("default_witness_commitment", script.toHex());
        });
        ArrayNode transactions = out.putArray("transactions");
        template.transactions()
                .forEach(each -> transactions
                        .addObject()
                        .put("txid", each.id().toDisplayHex())
                        .put("data", each.raw().toHex()));
        return out;
    }

    private JsonNode submit(String hex) throws RpcException {
        Bytes bytes;
        RawBlock block;
        try {
            bytes = Bytes.ofHex(hex);
            block = RawBlock.parse(bytes);
        } catch (IllegalArgumentException | MalformedBytesException e) {
            throw new RpcException(DESERIALIZATION, "Block decode failed");
        }
        SubmitOutcome outcome = chain.submit(block.hash(), bytes).join();
        String answer = outcome.answers().getFirst();
        String word = answer.substring(answer.indexOf(": ") + 2);
        return word.equals("accepted") ? NullNode.getInstance() : TextNode.valueOf(word);
    }
}
