package org.motepool.chain.node;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.motepool.chain.Chain.ChainBlock;
import org.motepool.chain.Chain.ChainTip;
import org.motepool.chain.block.RawBlock;
import org.motepool.chain.template.MalformedReplyException;
import org.motepool.chain.template.ReplyFields;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.bytes.MalformedBytesException;
import org.motepool.core.hash.Hash256;
import org.motepool.core.money.Money;

/** Questions about blocks, put to one node. */
final class NodeQueries {
    private static final int OFF_CHAIN = -1;
    private static final int COIN_DECIMALS = 8;
    private static final List<String> WALLET_PARTS = List.of("trusted", "untrusted_pending", "immature");

    private NodeQueries() {}

    static ChainTip tip(ChainNode node) throws NodeException, MalformedReplyException, InterruptedException {
        ReplyFields info = ReplyFields.of("getblockchaininfo", node.call("getblockchaininfo"));
        return new ChainTip((int) info.integer("blocks", 0, Integer.MAX_VALUE), info.hash("bestblockhash"));
    }

    static Optional<Hash256> hashAt(ChainNode node, int height)
            throws NodeException, MalformedReplyException, InterruptedException {
        try {
            String hex = node.call("getblockhash", height).asText("");
            return Optional.of(Hash256.ofDisplayHex(hex));
        } catch (NodeException.Refused e) {
            if (e.code() == RpcCodes.INVALID_PARAMETER) {
                return Optional.empty();
            }
            throw e;
        } catch (IllegalArgumentException e) {
            throw new MalformedReplyException("getblockhash must answer a hash of 64 hex digits", e);
        }
    }

    /** Where a known block stands: its height and its confirmations, -1 off the active chain. */
    private record Place(int height, int confirmations) {}

    private static Optional<Place> place(ChainNode node, Hash256 hash)
            throws NodeException, MalformedReplyException, InterruptedException {
        ReplyFields header;
        try {
            header = ReplyFields.of("getblockheader", node.call("getblockheader", hash.toDisplayHex(), true));
        } catch (NodeException.Refused e) {
            if (unknown(e)) {
                return Optional.empty();
            }
            throw e;
        }
        int height = (int) header.integer("height", 0, Integer.MAX_VALUE);
        int confirmations = (int) header.integer("confirmations", OFF_CHAIN, Integer.MAX_VALUE);
        // bcoin counts confirmations for blocks off the active chain too, so the chain itself is asked.
        boolean active = confirmations > 0 && hashAt(node, height).equals(Optional.of(hash));
        return Optional.of(new Place(height, active ? confirmations : OFF_CHAIN));
    }

    /** Core has a code for it; bcoin only the words. */
    private static boolean unknown(NodeException.Refused e) {
        return e.code() == RpcCodes.INVALID_ADDRESS_OR_KEY
                || e.code() == RpcCodes.MISC
                        && e.reason().toLowerCase(Locale.ROOT).contains("not found");
    }

    /** -1 when the block is off the active chain; empty when unknown. */
    static Optional<Integer> confirmations(ChainNode node, Hash256 hash)
            throws NodeException, MalformedReplyException, InterruptedException {
        return place(node, hash).map(Place::confirmations);
    }

    static Optional<ChainBlock> block(ChainNode node, Hash256 hash)
            throws NodeException, MalformedReplyException, InterruptedException {
        Optional<Place> place = place(node, hash);
        if (place.isEmpty()) {
            return Optional.empty();
        }
        RawBlock block = raw(node, hash);
        Bytes coinbase = block.coinbase().withoutWitness();
        return Optional.of(new ChainBlock(
                hash,
                place.get().height(),
                place.get().confirmations(),
                block.header().toBytes(),
                coinbase));
    }

    private static RawBlock raw(ChainNode node, Hash256 hash)
            throws NodeException, MalformedReplyException, InterruptedException {
        String hex = node.call("getblock", hash.toDisplayHex(), 0).asText("");
        try {
            RawBlock block = RawBlock.parse(Bytes.ofHex(hex));
            if (!block.hash().equals(hash)) {
                throw new MalformedReplyException("getblock of " + hash + " answered the block " + block.hash());
            }
            return block;
        } catch (IllegalArgumentException | MalformedBytesException e) {
            throw new MalformedReplyException("getblock of " + hash + " answered no block: " + e.getMessage(), e);
        }
    }

    /** Empty when the node has no wallet, or one that does not have the address. */
    static Optional<Money> walletCoins(ChainNode node, String address)
            throws NodeException, MalformedReplyException, InterruptedException {
        JsonNode mine;
        try {
            if (!node.call("getaddressinfo", address).path("ismine").asBoolean()) {
                return Optional.empty();
            }
            mine = node.call("getbalances").path("mine");
        } catch (NodeException.Refused e) {
            // No wallet, or several: the codes differ from node to node, and none of them says what coins there are.
            return Optional.empty();
        }
        Money sum = Money.ZERO;
        for (String part : WALLET_PARTS) {
            sum = sum.plus(coins(mine.path(part)));
        }
        return Optional.of(sum);
    }

    private static Money coins(JsonNode amount) throws MalformedReplyException {
        if (!amount.isNumber()) {
            throw new MalformedReplyException("getbalances must answer amounts, not " + amount.getNodeType());
        }
        try {
            return Money.ofSatoshis(
                    amount.decimalValue().movePointRight(COIN_DECIMALS).longValueExact());
        } catch (ArithmeticException e) {
            throw new MalformedReplyException("getbalances answered an amount that no wallet can have", e);
        }
    }
}
