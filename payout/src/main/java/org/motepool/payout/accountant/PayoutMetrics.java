package org.motepool.payout.accountant;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import io.prometheus.client.Histogram;
import org.motepool.payout.slice.EntryVerdict;

/** What the accountant counts. Thread-safe. */
final class PayoutMetrics {
    /** What became of a request: it holds or will, it was taken before, or it changes nothing. */
    static final String DECIDED = "decided";

    static final String KNOWN = "known";
    static final String REFUSED = "refused";

    final Histogram writes;
    final Counter writeFailures;
    final Gauge lastVerified;
    final Gauge imbalance;
    final Counter slices;
    final Gauge haltedLogs;
    final Counter blocks;
    final Counter entries;
    final Gauge windowSlices;
    final Gauge owed;
    final Gauge held;
    final Gauge breach;
    final Counter requests;

    PayoutMetrics(CollectorRegistry registry) {
        writes = Histogram.build("mote_ledger_write_duration_seconds", "Time to append to the journal and force it.")
                .register(registry);
        writeFailures = Counter.build("mote_ledger_write_failures_total", "Failed writes to the journal or the store.")
                .labelNames("target")
                .register(registry);
        writeFailures.labels("journal");
        writeFailures.labels("store");
        writeFailures.labels("snapshot");
        lastVerified = Gauge.build(
                        "mote_ledger_last_verified_timestamp_seconds", "When ledger and store last proved equal.")
                .register(registry);
        imbalance = Gauge.build(
                        "mote_ledger_imbalance_satoshis", "By how much ledger or store are out of balance, rounded up.")
                .register(registry);
        slices = Counter.build("mote_payout_slices_total", "Slices sealed by this process.")
                .register(registry);
        haltedLogs = Gauge.build("mote_payout_halted_logs", "Logs that stand still: a gap, or corrupt.")
                .register(registry);
        blocks = Counter.build("mote_ledger_blocks_total", "Found blocks by what became of them.")
                .labelNames("state")
                .register(registry);
        for (String state : new String[] {"submitted", "accepted", "rejected", "orphaned", "matured"}) {
            blocks.labels(state);
        }
        entries = Counter.build("mote_payout_entries_total", "Work entries read, by what became of them.")
                .labelNames("verdict")
                .register(registry);
        for (EntryVerdict verdict : EntryVerdict.values()) {
            entries.labels(label(verdict));
        }
        entries.labels("malformed");
        owed = Gauge.build("mote_ledger_owed_satoshis", "Owed to miners at the last block, whole satoshis.")
                .register(registry);
        held = Gauge.build("mote_ledger_held_satoshis", "Coins held at the last block, whole satoshis.")
                .register(registry);
        breach = Gauge.build(
                        "mote_ledger_breach",
                        "1 while more is owed than held: payouts have stopped, someone must look.")
                .register(registry);
        requests = Counter.build("mote_payout_requests_total", "Signed requests of owners by what became of them.")
                .labelNames("result")
                .register(registry);
        for (String result : new String[] {DECIDED, KNOWN, REFUSED}) {
            requests.labels(result);
        }
        windowSlices = Gauge.build("mote_payout_window_slices", "Slices kept for the PPLNS window.")
                .register(registry);
    }

    static String label(EntryVerdict verdict) {
        return switch (verdict) {
            case TAKEN -> "taken";
            case ALREADY_READ -> "already_read";
            case GAP -> "gap";
            case STRADDLES -> "straddles";
            case UNSOUND -> "unsound";
            case FOREIGN_CHAIN -> "foreign_chain";
            case HALTED -> "halted";
        };
    }
}
