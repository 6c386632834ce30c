package org.motepool.pool.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.motepool.chain.Chain;
import org.motepool.chain.ChainException;
import org.motepool.chain.block.RawTransaction;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.bytes.MalformedBytesException;
import org.motepool.core.hash.Hash256;
import org.motepool.core.money.Money;
import org.motepool.devices.SwarmReport;
import org.motepool.pool.Failure;
import org.motepool.pool.config.PoolConfig;
import org.motepool.pool.wiring.PoolRuntime;
import org.motepool.store.Balances;
import org.motepool.store.Blocks;
import org.motepool.store.StoreException;

/**
 * What a demo came to. Rewards are read from the coinbases on the chain, credits and fee from the balances in Redis: two
 * independent roads to the same sum.
 */
record DemoReport(
        SwarmReport.Counts devices,
        Blocks.Counts blocks,
        Money reward,
        Balances.Totals credited,
        int stratumPort,
        int httpPort,
        String simd) {

    static DemoReport of(PoolRuntime pool, SwarmReport swarm, PoolConfig config) throws Failure {
        try {
            return new DemoReport(
                    swarm.total(),
                    pool.store().blocks().counts(),
                    rewards(pool.chain(), config.payoutAddress().script()),
                    pool.store().balances().totals(),
                    pool.stratumPort(),
                    pool.httpPort(),
                    pool.hasher().path());
        } catch (StoreException | ChainException | MalformedBytesException e) {
            throw new Failure(Failure.FAILED, "the demo cannot be summed up: " + e.getMessage(), e);
        }
    }

    /** What the active chain's coinbases pay to the pool. */
    private static Money rewards(Chain chain, Bytes payee) throws ChainException, MalformedBytesException {
        Money sum = Money.ZERO;
        int tip = chain.tip().height();
        for (int height = 1; height <= tip; height++) {
            Optional<Hash256> hash = chain.hashAt(height);
            Optional<Chain.ChainBlock> block = hash.isPresent() ? chain.block(hash.get()) : Optional.empty();
            if (block.isPresent()) {
                RawTransaction coinbase = RawTransaction.parse(block.get().coinbase());
                for (RawTransaction.Output output : coinbase.outputs()) {
                    if (output.script().equals(payee)) {
                        sum = sum.plus(Money.ofSatoshis(output.value()));
                    }
                }
            }
        }
        return sum;
    }

    long accepted() {
        return blocks.immature() + blocks.mature();
    }

    long stale() {
        return blocks.orphaned() + blocks.refused();
    }

    Money creditedTotal() {
        return credited.miners().owed().plus(credited.miners().paid());
    }

    Money feeTotal() {
        return credited.fee().owed().plus(credited.fee().paid());
    }

    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("devices", devices.devices());
        json.put("devices_with_share", devices.withAcceptedShare());
        json.put("shares_accepted", devices.accepted());
        ObjectNode rejected = json.putObject("shares_rejected");
        for (Map.Entry<String, Long> entry : new TreeMap<>(devices.rejectedByReason()).entrySet()) {
            rejected.put(entry.getKey(), entry.getValue());
        }
        json.put("blocks_found", blocks.found());
        json.put("blocks_accepted", accepted());
        json.put("blocks_stale", stale());
        json.put("reward_total", reward.toString());
        json.put("credited_total", creditedTotal().toString());
        json.put("fee_total", feeTotal().toString());
        json.put("accounts", credited.accounts());
        json.put("stratum_port", stratumPort);
        json.put("http_port", httpPort);
        json.put("simd", simd);
        return json;
    }
}
