package org.motepool.store.redis;

import io.lettuce.core.KeyValue;
import io.lettuce.core.MapScanCursor;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.motepool.core.account.AccountId;
import org.motepool.store.Balances;
import org.motepool.store.StoreException;
import org.motepool.store.redis.Calls.ScriptCall;

/**
 * One hash of all balances, its name ending in a generation, and a head that names the generation in force and the
 * journal position it stands at. A rebuild fills the hash of a new generation and then switches the head over, so no
 * reader ever sees half of it; a script that finds another generation than its caller expected says so and does nothing.
 */
final class RedisBalances implements Balances {
    /** Accounts that one step may touch; more take Redis too long at once. A rebuild has no such limit. */
    static final int STEP_ACCOUNTS_MAX = 250_000;

    /** Accounts a page of a scan or of a rebuild. */
    private static final int PAGE_ACCOUNTS = 1_000;

    /** How often a call starts again because a step or a rebuild came between. */
    private static final int TRIES_MAX = 8;

    /** A rebuild that died leaves its unfinished generation to expire. */
    private static final Duration UNFINISHED_LIFE = Duration.ofHours(1);

    private static final String FIRST_GENERATION = "0";

    private final Calls calls;
    private final SecureRandom random = new SecureRandom();

    RedisBalances(RedisLink link) {
        calls = link.calls("balances");
    }

    @Override
    public Optional<Position> position() throws StoreException {
        return head().position();
    }

    @Override
    public boolean apply(Optional<Position> before, Position after, Map<AccountId, Balance> changed)
            throws StoreException {
        if (changed.size() > STEP_ACCOUNTS_MAX) {
            throw new StoreException("a step of " + changed.size() + " accounts is over the limit of "
                    + STEP_ACCOUNTS_MAX + ": rebuild the balances instead");
        }
        List<byte[]> args = new ArrayList<>(7 + 2 * changed.size());
        args.add(Script.arg(""));
        addPosition(args, before);
        addPosition(args, Optional.of(after));
        changed.forEach((account, balance) -> {
            args.add(Script.arg(account.toString()));
            args.add(Script.arg(BalanceText.write(balance)));
        });
        for (int tries = 0; tries < TRIES_MAX; tries++) {
            String generation = head().generation();
            args.set(0, Script.arg(generation));
            String answer = Script.text(calls.run(ScriptCall.ofText(
                    Script.BALANCES_APPLY, List.of(Keys.LEDGER_HEAD, Keys.balances(generation)), args)));
            if (!answer.equals("moved")) {
                return answer.equals("applied");
            }
        }
        throw tooBusy();
    }

    @Override
    public void rebuild(Position at, Map<AccountId, Balance> all) throws StoreException {
        String former = head().generation();
        byte[] name = new byte[8];
        random.nextBytes(name);
        String generation = HexFormat.of().formatHex(name);
        String key = Keys.balances(generation);
        Map<String, byte[]> page = new HashMap<>();
        for (Map.Entry<AccountId, Balance> entry : all.entrySet()) {
            page.put(entry.getKey().toString(), Script.arg(BalanceText.write(entry.getValue())));
            if (page.size() == PAGE_ACCOUNTS) {
                write(key, page);
                page.clear();
            }
        }
        if (!page.isEmpty()) {
            write(key, page);
        }
        List<byte[]> args = new ArrayList<>(
                List.of(Script.arg(former), Script.arg(generation), Script.arg(Integer.toString(all.size()))));
        addPosition(args, Optional.of(at));
        String answer = Script.text(calls.run(ScriptCall.ofText(
                Script.BALANCES_SWITCH, List.of(Keys.LEDGER_HEAD, key, Keys.balances(former)), args)));
        if (!answer.equals("switched")) {
            throw new StoreException("the store's key " + key + " is " + answer
                    + " after a rebuild: Redis was emptied or another accountant writes; rebuild again");
        }
    }

    private void write(String key, Map<String, byte[]> page) throws StoreException {
        Map<String, byte[]> copy = Map.copyOf(page);
        calls.get(key, c -> c.hset(key, copy));
        calls.get(key, c -> c.pexpire(key, UNFINISHED_LIFE.toMillis()));
    }

    @Override
    public Optional<Balance> read(AccountId account) throws StoreException {
        for (int tries = 0; tries < TRIES_MAX; tries++) {
            String generation = head().generation();
            String key = Keys.balances(generation);
            List<byte[]> answer = calls.run(ScriptCall.ofList(
                    Script.BALANCES_READ,
                    List.of(Keys.LEDGER_HEAD, key),
                    List.of(Script.arg(generation), Script.arg(account.toString()))));
            if (Script.text(answer.getFirst()).equals("read")) {
                byte[] value = answer.size() < 2 ? null : answer.get(1);
                return value == null ? Optional.empty() : Optional.of(BalanceText.read(key, value));
            }
        }
        throw tooBusy();
    }

    @Override
    public Totals totals() throws StoreException {
        for (int tries = 0; tries < TRIES_MAX; tries++) {
            Head before = head();
            Totals totals = sum(Keys.balances(before.generation()));
            if (head().equals(before)) {
                return totals;
            }
        }
        throw tooBusy();
    }

    private Totals sum(String key) throws StoreException {
        // A scan may name an account twice when the hash grows meanwhile.
        Set<String> seen = new HashSet<>();
        Balance miners = Balance.ZERO;
        Balance fee = Balance.ZERO;
        long accounts = 0;
        ScanCursor cursor = ScanCursor.INITIAL;
        do {
            ScanCursor at = cursor;
            MapScanCursor<String, byte[]> page =
                    calls.get(key, c -> c.hscan(key, at, ScanArgs.Builder.limit(PAGE_ACCOUNTS)));
            for (Map.Entry<String, byte[]> entry : page.getMap().entrySet()) {
                if (!seen.add(entry.getKey())) {
                    continue;
                }
                Balance balance = BalanceText.read(key, entry.getValue());
                if (entry.getKey().equals(FEE_ACCOUNT.toString())) {
                    fee = balance;
                } else if (!balance.equals(Balance.ZERO)) {
                    miners = plus(key, miners, balance);
                    accounts++;
                }
            }
            cursor = page;
        } while (!cursor.isFinished());
        return new Totals(accounts, miners, fee);
    }

    private static Balance plus(String key, Balance sum, Balance one) throws StoreException {
        try {
            return new Balance(
                    sum.immature().plus(one.immature()),
                    sum.available().plus(one.available()),
                    sum.paying().plus(one.paying()),
                    sum.paid().plus(one.paid()));
        } catch (ArithmeticException e) {
            throw new StoreException(
                    "the balances under " + key + " sum to more than there are coins: rebuild them", e);
        }
    }

    private Head head() throws StoreException {
        List<KeyValue<String, byte[]>> fields = calls.get(
                Keys.LEDGER_HEAD, c -> c.hmget(Keys.LEDGER_HEAD, "generation", "journal", "sequence", "hash"));
        String generation = text(fields.get(0)).orElse(FIRST_GENERATION);
        Optional<String> journal = text(fields.get(1));
        Optional<String> sequence = text(fields.get(2));
        Optional<String> hash = text(fields.get(3));
        if (journal.isEmpty() || sequence.isEmpty() || hash.isEmpty()) {
            return new Head(generation, Optional.empty());
        }
        try {
            return new Head(
                    generation, Optional.of(new Position(journal.get(), Long.parseLong(sequence.get()), hash.get())));
        } catch (NumberFormatException e) {
            throw new StoreException("the store's key " + Keys.LEDGER_HEAD + " holds no sequence number", e);
        }
    }

    private static Optional<String> text(KeyValue<String, byte[]> field) {
        return field.hasValue() ? Optional.of(Script.text(field.getValue())) : Optional.empty();
    }

    private static void addPosition(List<byte[]> args, Optional<Position> position) {
        args.add(Script.arg(position.map(Position::journal).orElse("")));
        args.add(Script.arg(position.map(p -> Long.toString(p.sequence())).orElse("")));
        args.add(Script.arg(position.map(Position::hash).orElse("")));
    }

    private static StoreException tooBusy() {
        return new StoreException(
                "the balances changed " + TRIES_MAX + " times while they were read; try again in a moment");
    }

    /** What the head key says. */
    private record Head(String generation, Optional<Position> position) {}
}
