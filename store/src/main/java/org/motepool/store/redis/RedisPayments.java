package org.motepool.store.redis;

import io.lettuce.core.KeyValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.motepool.core.account.AccountId;
import org.motepool.core.money.Money;
import org.motepool.store.Payments;
import org.motepool.store.StoreException;
import org.motepool.store.redis.Calls.ScriptCall;

/** The pool's newest payments and each account's newest parts, by number, as credits are kept. */
final class RedisPayments implements Payments {
    /** What versions before this one did not write, as it is read. */
    private static final Map<String, String> ABSENT = Map.of("donated", Money.ZERO.toString());

    private final Calls calls;

    RedisPayments(RedisLink link) {
        calls = link.calls("payments");
    }

    @Override
    public void put(List<Payment> payments) throws StoreException {
        if (payments.isEmpty()) {
            return;
        }
        List<byte[]> args = new ArrayList<>(List.of(Script.arg(-(KEPT_MAX + 1))));
        for (Payment payment : payments) {
            add(args, payment.number(), Json.write(payment));
        }
        var _ = calls.run(ScriptCall.ofStatus(Script.CREDITS_PUT, List.of(Keys.PAYMENTS, Keys.PAYMENTS_NEWEST), args));
    }

    @Override
    public void putParts(List<Part> parts) throws StoreException {
        Map<AccountId, List<byte[]>> byAccount = new LinkedHashMap<>();
        for (Part part : parts) {
            List<byte[]> args = byAccount.computeIfAbsent(
                    part.account(), account -> new ArrayList<>(List.of(Script.arg(-(PARTS_KEPT_MAX + 1)))));
            add(args, part.payment(), Json.write(part));
        }
        List<ScriptCall<String>> all = new ArrayList<>(byAccount.size());
        byAccount.forEach((account, args) -> all.add(ScriptCall.ofStatus(
                Script.CREDITS_PUT, List.of(Keys.payments(account), Keys.paymentsNewest(account)), args)));
        calls.runAll(all);
    }

    private static void add(List<byte[]> args, long number, byte[] json) {
        args.add(Script.arg(number));
        args.add(Script.arg(number));
        args.add(json);
    }

    @Override
    public List<Payment> recent(int max) throws StoreException {
        return newest(Keys.PAYMENTS, Keys.PAYMENTS_NEWEST, Math.min(max, KEPT_MAX), Payment.class);
    }

    @Override
    public List<Part> parts(AccountId account, int max) throws StoreException {
        return newest(Keys.payments(account), Keys.paymentsNewest(account), Math.min(max, PARTS_KEPT_MAX), Part.class);
    }

    private <T extends Record> List<T> newest(String key, String list, int max, Class<T> type) throws StoreException {
        if (max <= 0) {
            return List.of();
        }
        List<byte[]> numbers = calls.get(list, c -> c.zrevrange(list, 0, max - 1));
        if (numbers.isEmpty()) {
            return List.of();
        }
        String[] fields = numbers.stream().map(Script::text).toArray(String[]::new);
        List<T> found = new ArrayList<>(fields.length);
        for (KeyValue<String, byte[]> each : calls.get(key, c -> c.hmget(key, fields))) {
            Optional<byte[]> json = each.optional();
            // Absent: a newer one has just taken its place.
            if (json.isPresent()) {
                found.add(Json.read(key + " " + each.getKey(), json.get(), type, ABSENT));
            }
        }
        return List.copyOf(found);
    }
}
