package org.motepool.chain.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.motepool.chain.block.RawBlock;
import org.motepool.chain.block.RawTransaction;
import org.motepool.chain.template.BlockTemplate.Transaction;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.bytes.MalformedBytesException;
import org.motepool.core.hash.Hash256;
import org.motepool.core.work.Nbits;

/**
 * Reads what getblocktemplate answers; every field that is used is checked. Thread-safe.
 *
 * @see "BIP 22, BIP 23, BIP 9, BIP 145"
 */
public final class TemplateParser {
    /** More than 4 million weight units can hold: the smallest transaction weighs 240. */
    public static final int TRANSACTIONS_MAX = 20_000;

    private static final int RULES_MAX = 64;
    private static final int TRANSACTION_BYTES_MIN = 60;
    private static final int TRANSACTION_BYTES_MAX = 4_000_000;
    /** All bitcoins there will ever be. */
    private static final long SATOSHIS_MAX = 2_100_000_000_000_000L;

    private static final Bytes COMMITMENT_START = Bytes.ofHex("6a24aa21a9ed");
    /** Rules that a pool must know because they change what it does; others with '!' are refused, as BIP 9 asks. */
    private static final Set<String> KNOWN_RULES = Set.of("segwit", "signet", "mweb");

    private TemplateParser() {}

    /**
     * @param reply the result of getblocktemplate
     * @throws MalformedReplyException naming the field at fault
     */
    public static BlockTemplate parse(JsonNode reply) throws MalformedReplyException {
        ReplyFields fields = ReplyFields.of("getblocktemplate", reply);
        Set<String> rules = activeRules(fields);
        List<Transaction> transactions = transactions(fields);
        BlockTemplate template = BlockTemplate.of(
                (int) fields.integer("height", 1, Integer.MAX_VALUE),
                fields.hash("previousblockhash"),
                (int) fields.integer("version", Integer.MIN_VALUE, 0xffff_ffffL),
                nbits(fields),
                fields.time("mintime"),
                fields.time("curtime"),
                fields.integer("coinbasevalue", 0, SATOSHIS_MAX),
                rules.contains("segwit") ? commitment(fields) : Optional.empty(),
                transactions);
        return rules.contains("mweb") ? template.withMweb(mweb(fields, transactions)) : template;
    }

    /** Nodes offer a commitment before segwit is active too; a block that carries its witness is refused then. */
    private static Set<String> activeRules(ReplyFields fields) throws MalformedReplyException {
        Set<String> active = new HashSet<>();
        for (String rule : fields.optionalTexts("rules", RULES_MAX)) {
            boolean mustKnow = rule.startsWith("!");
            String name = mustKnow ? rule.substring(1) : rule;
            if (mustKnow && !KNOWN_RULES.contains(name)) {
                throw new MalformedReplyException(fields.named("rules") + " demands the rule \"" + name
                        + "\", which this pool does not know: it cannot make blocks for this chain");
            }
            active.add(name);
        }
        return active;
    }

    /** The node makes it whole, with the HogEx as the last transaction; a block without either is refused. */
    private static Bytes mweb(ReplyFields fields, List<Transaction> transactions) throws MalformedReplyException {
        String field = "mweb";
        if (!fields.has(field)) {
            throw new MalformedReplyException(fields.named(field)
                    + " is missing though MWEB is active: use a Litecoin Core of 0.21.2 or newer as the node");
        }
        Bytes part = fields.hex(field);
        if (part.size() == 0 || part.size() > RawBlock.BYTES_MAX) {
            throw new MalformedReplyException(
                    fields.named(field) + " must be an MWEB block, not " + part.size() + " bytes");
        }
        try {
            if (!transactions.isEmpty()
                    && RawTransaction.parse(transactions.getLast().raw()).hogEx()) {
                return part;
            }
        } catch (MalformedBytesException e) {
            throw new MalformedReplyException(fields.named("transactions") + " ends with no transaction: " + e, e);
        }
        throw new MalformedReplyException(
                fields.named("transactions") + " does not end with a HogEx though there is an MWEB part");
    }

    private static Nbits nbits(ReplyFields fields) throws MalformedReplyException {
        try {
            return Nbits.ofHex(fields.text("bits"));
        } catch (IllegalArgumentException e) {
            throw new MalformedReplyException(fields.named("bits") + ": " + e.getMessage(), e);
        }
    }

    private static Optional<Bytes> commitment(ReplyFields fields) throws MalformedReplyException {
        String field = "default_witness_commitment";
        if (!fields.has(field)) {
            throw new MalformedReplyException(
                    fields.named(field) + " is missing though segwit is active: ask with the rule \"segwit\"");
        }
        Bytes script = fields.hex(field);
        if (script.size() != CoinbaseBuilder.COMMITMENT_BYTES
                || !script.slice(0, COMMITMENT_START.size()).equals(COMMITMENT_START)) {
            throw new MalformedReplyException(fields.named(field) + " must be 6a24aa21a9ed and a hash, not " + script);
        }
        return Optional.of(script);
    }

    private static List<Transaction> transactions(ReplyFields fields) throws MalformedReplyException {
        List<ReplyFields> entries = fields.objects("transactions", TRANSACTIONS_MAX);
        List<Transaction> transactions = new ArrayList<>(entries.size());
        Set<Hash256> ids = HashSet.newHashSet(entries.size());
        for (ReplyFields entry : entries) {
            Transaction transaction = transaction(entry);
            if (!ids.add(transaction.id())) {
                throw new MalformedReplyException(entry.named("txid") + " stands in the template twice");
            }
            transactions.add(transaction);
        }
        return transactions;
    }

    private static Transaction transaction(ReplyFields entry) throws MalformedReplyException {
        Bytes raw = entry.hex("data");
        if (raw.size() < TRANSACTION_BYTES_MIN || raw.size() > TRANSACTION_BYTES_MAX) {
            throw new MalformedReplyException(
                    entry.named("data") + " must be a transaction, not " + raw.size() + " bytes");
        }
        // Nodes from before segwit give only "hash", which was the id then.
        return new Transaction(entry.hash(entry.has("txid") ? "txid" : "hash"), raw);
    }
}
