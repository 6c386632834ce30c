package org.motepool.payout.accountant;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.motepool.core.account.AccountId;
import org.motepool.core.account.Scheme;
import org.motepool.core.address.Network;
import org.motepool.core.address.PayoutAddress;
import org.motepool.core.block.BlockHeader;
import org.motepool.core.bytes.ByteWriter;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Hash256;
import org.motepool.core.hash.Sha256;
import org.motepool.core.outbox.WorkCell;
import org.motepool.core.outbox.WorkEntry;
import org.motepool.core.sharelog.LogId;
import org.motepool.core.sharelog.LogRecord.BlockFound;
import org.motepool.core.sharelog.LogShard;
import org.motepool.core.work.Nbits;

/** Work entries and found blocks of a made-up pool. */
public final class Fixtures {
    public static final Nbits NBITS = Nbits.ofHex("1e00ffff");
    public static final Bytes POOL_SCRIPT = address(999).script();

    private Fixtures() {}

    /** Payout address of the n-th miner. */
    public static PayoutAddress address(int n) {
        byte[] hash = new byte[20];
        hash[0] = (byte) n;
        hash[1] = (byte) (n >> 8);
        return PayoutAddress.ofWitnessKeyHash(Bytes.copyOf(hash), Network.DEVNET);
    }

    public static LogShard log(int n) {
        return new LogShard(
                new LogId(Sha256.once(Bytes.copyOf(new byte[] {(byte) n})).slice(0, LogId.BYTES)), 0);
    }

    /** An entry with one PPLNS share a pair. */
    public static WorkEntry work(LogShard log, long from, long to, Map<Integer, Long> unitsOfMiners) {
        return work(log, from, to, NBITS, unitsOfMiners);
    }

    public static WorkEntry work(LogShard log, long from, long to, Nbits nbits, Map<Integer, Long> unitsOfMiners) {
        TreeSet<WorkCell> cells = new TreeSet<>();
        unitsOfMiners.forEach((miner, units) ->
                cells.add(new WorkCell(Scheme.PPLNS, nbits, address(miner).accountId(), units, 1)));
        List<String> addresses = unitsOfMiners.keySet().stream()
                .sorted()
                .map(miner -> address(miner).canonical())
                .toList();
        Bytes root = Sha256.once(new ByteWriter().text(log + " " + from).toBytes());
        return new WorkEntry(Network.DEVNET.id(), log, from, to, addresses, List.copyOf(cells), root, Optional.empty());
    }

    /** A BLOCK entry; blocks of different {@code salt} are different blocks. */
    public static WorkEntry block(LogShard log, long from, long to, BlockFound block) {
        Bytes root = Sha256.once(Bytes.EMPTY);
        return new WorkEntry(Network.DEVNET.id(), log, from, to, List.of(), List.of(), root, Optional.of(block));
    }

    public static BlockFound found(int salt, int height, int finder, long satoshis, int feeBasisPoints) {
        return found(salt, height, finder, coinbase(POOL_SCRIPT, satoshis), feeBasisPoints, Scheme.PPLNS);
    }

    public static BlockFound found(
            int salt, int height, int finder, Bytes coinbase, int feeBasisPoints, Scheme scheme) {
        BlockHeader header = new BlockHeader(2, Hash256.ZERO, Sha256.twice(coinbase), salt, NBITS, height);
        return new BlockFound(
                header,
                coinbase,
                1,
                height,
                scheme,
                feeBasisPoints,
                address(finder).canonical(),
                "rig");
    }

    /** A coinbase without witness: what it pays to {@code script}, and an OP_RETURN. */
    public static Bytes coinbase(Bytes script, long satoshis) {
        return coinbase(
                new ByteWriter().compactSize(2).i64(satoshis).sized(script).toBytes());
    }

    /** The same with two payees, as a solo job's. */
    public static Bytes coinbase(Bytes finder, long satoshis, Bytes pool, long fee) {
        return coinbase(new ByteWriter()
                .compactSize(3)
                .i64(satoshis)
                .sized(finder)
                .i64(fee)
                .sized(pool)
                .toBytes());
    }

    private static Bytes coinbase(Bytes payees) {
        ByteWriter out = new ByteWriter();
        out.i32(2)
                .compactSize(1)
                .bytes(new byte[32])
                .i32(-1)
                .sized(Bytes.ofHex("03a0b0c0"))
                .i32(-1);
        out.bytes(payees);
        out.i64(0).sized(Bytes.ofHex("6a0100"));
        return out.i32(0).toBytes();
    }

    public static AccountId account(int miner) {
        return address(miner).accountId();
    }

    /** All miners up to {@code count}. */
    public static List<AccountId> accounts(int count) {
        return IntStream.range(0, count).mapToObj(Fixtures::account).toList();
    }
}
