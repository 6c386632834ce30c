package org.motepool.payout.notice;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.motepool.core.money.Money;
import org.motepool.core.preference.PreferenceField;
import org.motepool.payout.journal.JournalRecord.PreferenceDecided;

/** Writes notices. Names of workers were chosen by strangers, so little of them is let through. Thread-safe. */
final class NoticeWords {
    private static final int NAME_CHARACTERS_MAX = 40;
    private static final int ID_BYTES = 16;

    private final RandomGenerator random;

    NoticeWords(RandomGenerator random) {
        this.random = random;
    }

    Notice silent(String address, String worker, long since, long now) {
        String name = plain(worker);
        return notice(
                "worker.silent",
                address,
                "A worker is silent",
                "No share of " + name + " since " + time(since) + ".",
                Map.of("worker", name, "since", time(since)),
                now);
    }

    Notice back(String address, String worker, long now) {
        String name = plain(worker);
        return notice(
                "worker.back", address, "A worker is back", name + " sends shares again.", Map.of("worker", name), now);
    }

    Notice best(String address, BigDecimal difficulty, long now) {
        String shown = difficulty.setScale(4, RoundingMode.DOWN).toPlainString();
        return notice(
                "best",
                address,
                "A share better than any before",
                "It reached a difficulty of " + shown + ".",
                Map.of("difficulty", shown),
                now);
    }

    Notice block(String address, String hash, int height, Money credit, long now) {
        return notice(
                "block",
                address,
                "The pool found a block",
                "Block " + height + ": your part is " + credit + " satoshis, once it is mature.",
                Map.of("hash", hash, "height", Integer.toString(height), "credit", credit.toString()),
                now);
    }

    Notice solo(String address, String hash, int height, Money reward, long now) {
        return notice(
                "block",
                address,
                "Your device found a block",
                "Block " + height + " pays you " + reward + " satoshis itself.",
                Map.of("hash", hash, "height", Integer.toString(height), "credit", reward.toString()),
                now);
    }

    Notice payout(String address, long number, boolean confirmed, Money amount, long now) {
        return notice(
                confirmed ? "payout.confirmed" : "payout.sent",
                address,
                confirmed ? "A payment has arrived" : "A payment is on its way",
                "Payment " + number + ": " + amount + " satoshis, the network's fee among them.",
                Map.of("payout", Long.toString(number), "amount", amount.toString()),
                now);
    }

    /** Not where notices go: who is told of it may not be who decided it. */
    Notice decided(String address, PreferenceDecided record) {
        PreferenceField field = record.field();
        boolean secret = field == PreferenceField.WEBHOOK || field == PreferenceField.NTFY;
        String what = secret ? field.id() + " is another" : field.id() + " = " + record.value();
        String when = field.isAboutMoney()
                ? "It holds from " + time(record.from()) + " on; until then it can be taken back."
                : "It holds now.";
        return notice(
                Notice.PREFERENCE,
                address,
                "A decision was signed",
                "With the key of " + address + ": " + what + ". " + when
                        + " If that was not you, somebody else has the key.",
                Map.of("field", field.id(), "value", secret ? "" : record.value(), "from", time(record.from())),
                record.at());
    }

    private Notice notice(String type, String address, String title, String text, Map<String, String> data, long now) {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        return new Notice("msg_" + HexFormat.of().formatHex(id), type, address, title, text, data, now);
    }

    private static String time(long millis) {
        return Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String plain(String worker) {
        String kept = worker.replaceAll("[^A-Za-z0-9._-]", "_");
        String name = kept.length() <= NAME_CHARACTERS_MAX ? kept : kept.substring(0, NAME_CHARACTERS_MAX);
        return name.isEmpty() ? "the worker without a name" : name;
    }
}
