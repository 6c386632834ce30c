package org.motepool.pool.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.motepool.chain.block.RawBlock;
import org.motepool.chain.block.RawTransaction;
import org.motepool.chain.devnet.StandInTemplates;
import org.motepool.chain.template.BlockTemplate;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.bytes.MalformedBytesException;
import org.motepool.core.hash.Hash256;
import org.motepool.core.time.PoolClock;

/** A chain whose tips come when they are asked for, and the text of the template on the newest. Thread-safe. */
final class StandInChain {
    /** Tips that are remembered. */
    private static final int BLOCKS_MAX = 10_000;

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final PoolClock clock;
    private final StandInTemplates templates;
    private final Map<Integer, RawBlock> byHeight = new LinkedHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    /** The transactions in JSON: megabytes, and the same for every tip. */
    private final byte[] transactions;

    private RawBlock tip;
    private BlockTemplate template;

    StandInChain(int transactionCount, PoolClock clock) {
        this.clock = clock;
        templates = new StandInTemplates(transactionCount, 1);
        tip = StandInTemplates.first(clock.epochSeconds());
        byHeight.put(StandInTemplates.FIRST_HEIGHT, tip);
        template = templates.on(tip, StandInTemplates.FIRST_HEIGHT, clock.epochSeconds());
        ArrayNode list = JSON.arrayNode();
        template.transactions()
                .forEach(each -> list.addObject()
                        .put("data", each.raw().toHex())
                        .put("txid", each.id().toDisplayHex())
                        .put("hash", witnessId(each.raw()).toDisplayHex()));
        transactions = list.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static Hash256 witnessId(Bytes transaction) {
        try {
            return RawTransaction.parse(transaction).witnessId();
        } catch (MalformedBytesException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One tip more; whoever waits for it is woken. */
    RawBlock advance() {
        int now = clock.epochSeconds();
        lock.lock();
        try {
            int height = template.height();
            RawBlock next = StandInTemplates.tipOn(template, now);
            BlockTemplate on = templates.on(next, height, now);
            if (byHeight.size() >= BLOCKS_MAX) {
                byHeight.remove(byHeight.keySet().iterator().next());
            }
            byHeight.put(height, next);
            tip = next;
            template = on;
            changed.signalAll();
            return next;
        } finally {
            lock.unlock();
        }
    }

    RawBlock tip() {
        lock.lock();
        try {
            return tip;
        } finally {
            lock.unlock();
        }
    }

    /** Of the newest tip. */
    int height() {
        lock.lock();
        try {
            return template.height() - 1;
        } finally {
            lock.unlock();
        }
    }

    Optional<RawBlock> at(int height) {
        lock.lock();
        try {
            return Optional.ofNullable(byHeight.get(height));
        } finally {
            lock.unlock();
        }
    }

    /** The height of a block by its hash, in display order; empty where it is not remembered. */
    Optional<Integer> heightOf(String hash) {
        lock.lock();
        try {
            return byHeight.entrySet().stream()
                    .filter(entry -> entry.getValue().hash().toDisplayHex().equals(hash))
                    .map(Map.Entry::getKey)
                    .findFirst();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the tip is of another height, no longer than that. */
    void awaitOther(int height, long millis) throws InterruptedException {
        long left = TimeUnit.MILLISECONDS.toNanos(millis);
        lock.lockInterruptibly();
        try {
            while (template.height() - 1 == height && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** What getblocktemplate answers, without its last brace and without the transactions, which are to be added. */
    ObjectNode head() {
        BlockTemplate now;
        lock.lock();
        try {
            now = template;
        } finally {
            lock.unlock();
        }
        ObjectNode out = JSON.objectNode();
        out.putArray("capabilities").add("proposal");
        out.put("version", now.version());
        out.putArray("rules").add("csv").add("!segwit");
        out.putObject("vbavailable");
        out.put("vbrequired", 0);
        out.put("previousblockhash", now.prevHash().toDisplayHex());
        out.putObject("coinbaseaux");
        out.put("coinbasevalue", now.coinbaseValue());
        out.put("longpollid", Integer.toString(now.height() - 1));
        out.put("target", "%064x".formatted(now.nbits().target().toNumber()));
        out.put("mintime", Integer.toUnsignedLong(now.minTime()));
        out.putArray("mutable").add("time").add("transactions").add("prevblock");
        out.put("noncerange", "00000000ffffffff");
        out.put("curtime", Integer.toUnsignedLong(clock.epochSeconds()));
        out.put("bits", now.nbits().toHex());
        out.put("height", now.height());
        now.witnessCommitment().ifPresent(script -> out.put("default_witness_commitment", script.toHex()));
        return out;
    }

    byte[] transactions() {
        return transactions.clone();
    }
}
