package org.motepool.pool.wiring;

import io.prometheus.client.CollectorRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.motepool.core.account.AccountId;
import org.motepool.core.time.PoolClock;
import org.motepool.payout.books.Books;
import org.motepool.payout.journal.JournalException;
import org.motepool.payout.proof.LedgerProof;
import org.motepool.pool.Failure;
import org.motepool.pool.redis.EmbeddedRedis;
import org.motepool.pool.redis.EmbeddedRedisException;
import org.motepool.store.Balances;
import org.motepool.store.Balances.Balance;
import org.motepool.store.Balances.Position;
import org.motepool.store.Store;
import org.motepool.store.StoreException;
import org.motepool.store.redis.RedisSettings;
import org.motepool.store.redis.RedisStore;

/**
 * Every balance in a Redis against the journal's, at the record that Redis stands at.
 *
 * @param sequence of that record
 * @param accounts compared
 * @param differences a line each; none when all is the same
 */
public record BalancesComparison(long sequence, long accounts, List<String> differences) {
    /** Differences told one by one; more are left out. */
    private static final int DIFFERENCES_MAX = 1_000;

    public BalancesComparison {
        differences = List.copyOf(differences);
    }

    /** Proves the journal up to a record. */
    public interface Replay {
        LedgerProof upTo(long sequence) throws JournalException;
    }

    /**
     * Compares; starts the embedded Redis of the data directory where no other is named, and stops it again.
     *
     * @param authority PEM file of who signed that Redis's certificate
     * @param replay of the journal in that data directory
     */
    public static BalancesComparison of(
            Path data, Optional<String> redis, Optional<Path> authority, int shards, String network, Replay replay)
            throws Failure, JournalException {
        try (Closer closer = new Closer()) {
            String url = redis.isPresent()
                    ? redis.get()
                    : closer.add("embedded Redis", EmbeddedRedis.start(data.resolve("redis")))
                            .url();
            RedisSettings settings =
                    new RedisSettings(url, Optional.empty(), authority, network, shards, RedisSettings.TIMEOUT_DEFAULT);
            Store store =
                    closer.add("store", RedisStore.connect(settings, PoolClock.SYSTEM, new CollectorRegistry(true)));
            return compare(store.balances(), replay);
        } catch (StoreException | EmbeddedRedisException | IllegalArgumentException e) {
            throw new Failure(Failure.FAILED, String.valueOf(e.getMessage()), e);
        }
    }

    private static BalancesComparison compare(Balances balances, Replay replay)
            throws StoreException, JournalException {
        Optional<Position> stands = balances.position();
        if (stands.isEmpty()) {
            return new BalancesComparison(0, 0, List.of("Redis holds no balances"));
        }
        Position there = stands.get();
        LedgerProof proof = replay.upTo(there.sequence());
        List<String> differences = new ArrayList<>();
        if (!there.journal().equals(proof.journal())) {
            differences.add("Redis holds balances of the journal " + there.journal() + ", here is " + proof.journal());
        }
        if (there.sequence() != proof.head().sequence()
                || !there.hash().equals(proof.head().hash().toHex())) {
            differences.add("Redis stands at record " + there.sequence() + " with the hash " + there.hash()
                    + ", the journal's is " + proof.head().sequence() + " with "
                    + proof.head().hash().toHex());
        }
        Books books = proof.books();
        long accounts = 0;
        for (int account : books.ledger().miners()) {
            accounts++;
            AccountId id = books.accounts().id(account);
            same(differences, id.toString(), balances.read(id), books.ledger().miner(account));
        }
        same(
                differences,
                "fee",
                balances.read(Balances.FEE_ACCOUNT),
                books.ledger().fee());
        Balances.Totals totals = balances.totals();
        if (!totals.miners().equals(books.ledger().totals().miners())) {
            differences.add("all miners: " + totals.miners() + " in Redis, "
                    + books.ledger().totals().miners() + " in the journal");
        }
        return new BalancesComparison(there.sequence(), accounts, differences);
    }

    private static void same(List<String> differences, String who, Optional<Balance> there, Balance here) {
        if (!there.orElse(Balance.ZERO).equals(here) && differences.size() < DIFFERENCES_MAX) {
            differences.add(who + ": " + there.orElse(Balance.ZERO) + " in Redis, " + here + " in the journal");
        }
    }
}
