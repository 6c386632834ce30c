package org.motepool.chain.devnet;

import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.motepool.chain.ChainParameters;
import org.motepool.core.address.Network;
import org.motepool.core.work.Level;
import org.motepool.core.work.PowShift;

/**
 * What a devnet is made with.
 *
 * @param network {@code DEVNET}, or {@code BENCH} which is never given a block
 * @param powShift first bits of a hash that are ignored
 * @param blockTime aimed at, at least a second, for header times have no fractions
 * @param startHashesPerBlock nominal hashes that the first blocks take: nominal rate of all devices times block time
 * @param maturity confirmations after which a coinbase may be spent
 * @param transactionsPerBlock most synthetic transactions in a template
 * @param halvingInterval blocks after which the subsidy halves
 * @param seed of the synthetic transactions
 * @param file keeps the blocks; without one the chain ends with the process
 */
public record DevnetSettings(
        Network network,
        PowShift powShift,
        Duration blockTime,
        BigInteger startHashesPerBlock,
        int maturity,
        int transactionsPerBlock,
        int halvingInterval,
        long seed,
        Optional<Path> file) {
    /** More than fit a block of the usual sizes. */
    public static final int TRANSACTIONS_MAX = 10_000;
    /** A day: longer than anyone waits for a block of a devnet; the bench network's "never". */
    public static final Duration BLOCK_TIME_MAX = Duration.ofDays(1);

    private static final int START_HASHES_BITS_MAX = 200;
    /** Hashes that no one will ever have made. */
    private static final BigInteger NEVER_A_BLOCK = BigInteger.ONE.shiftLeft(START_HASHES_BITS_MAX - 1);

    private static final int MATURITY_DEFAULT = 6;
    private static final int HALVING_INTERVAL_DEFAULT = 210_000;

    public DevnetSettings {
        if (!network.isBuiltIn()) {
            throw new IllegalArgumentException("the chain of " + network.id() + " is not built in");
        }
        if (blockTime.compareTo(Duration.ofSeconds(1)) < 0 || blockTime.compareTo(BLOCK_TIME_MAX) > 0) {
            throw new IllegalArgumentException("devnet block time is 1 second to 1 day, not " + blockTime);
        }
        if (startHashesPerBlock.signum() <= 0 || startHashesPerBlock.bitLength() > START_HASHES_BITS_MAX) {
            throw new IllegalArgumentException("devnet start is 1 to 2^200 hashes a block, not " + startHashesPerBlock);
        }
        if (maturity < 1) {
            throw new IllegalArgumentException("maturity is at least 1 block, not " + maturity);
        }
        if (transactionsPerBlock < 0 || transactionsPerBlock > TRANSACTIONS_MAX) {
            throw new IllegalArgumentException(
                    "devnet templates have 0 to " + TRANSACTIONS_MAX + " transactions, not " + transactionsPerBlock);
        }
        if (halvingInterval < 1) {
            throw new IllegalArgumentException("the subsidy halves after at least 1 block, not " + halvingInterval);
        }
    }

    /** The devnet of {@code demo}: pow-shift 16, a block in 5 s, maturity 6, 20 transactions; in memory only. */
    public static DevnetSettings defaults(BigInteger startHashesPerBlock) {
        return new DevnetSettings(
                Network.DEVNET,
                new PowShift(Level.LOWEST),
                Duration.ofSeconds(5),
                startHashesPerBlock,
                MATURITY_DEFAULT,
                20,
                HALVING_INTERVAL_DEFAULT,
                1,
                Optional.empty());
    }

    /** The bench network: every hash is of the lowest level, none makes a block; in memory only. */
    public static DevnetSettings bench(int transactions) {
        return new DevnetSettings(
                Network.BENCH,
                new PowShift(Level.LOWEST),
                BLOCK_TIME_MAX,
                NEVER_A_BLOCK,
                MATURITY_DEFAULT,
                transactions,
                HALVING_INTERVAL_DEFAULT,
                1,
                Optional.empty());
    }

    public DevnetSettings withFile(Path path) {
        return new DevnetSettings(
                network,
                powShift,
                blockTime,
                startHashesPerBlock,
                maturity,
                transactionsPerBlock,
                halvingInterval,
                seed,
                Optional.of(path));
    }

    public DevnetSettings withTransactionsPerBlock(int count) {
        return new DevnetSettings(
                network, powShift, blockTime, startHashesPerBlock, maturity, count, halvingInterval, seed, file);
    }

    /** As every party to this devnet must have them. */
    public ChainParameters parameters() {
        return new ChainParameters(network, powShift, maturity, List.of("segwit"), blockTime);
    }
}
