package org.motepool.pool.config;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.motepool.chain.node.NodeSettings;
import org.motepool.chain.wallet.FeeRate;
import org.motepool.core.address.Network;
import org.motepool.payout.payer.ChainTerms;
import org.motepool.payout.payer.RunSchedule;

/** Reads the settings of payments; collects findings. */
final class PaymentsReader {
    private static final int BLOCKS_MAX = 10_000;

    private final Settings settings;
    private final List<Finding> findings;

    PaymentsReader(Settings settings, List<Finding> findings) {
        this.settings = settings;
        this.findings = findings;
    }

    Payments read(Network network) {
        boolean on = on();
        if (on && network.isBuiltIn()) {
            wrong(
                    Key.PAYOUT_ENABLED,
                    "is true on " + network.id(),
                    "The built-in chain has no wallet: set it to false");
        }
        return new Payments(
                on,
                text(Key.PAYOUT_WALLET),
                node(),
                new RunSchedule(
                        number(Key.PAYOUT_EVERY_HOURS, 1, RunSchedule.HOURS_MAX), number(Key.PAYOUT_HOUR, 0, 23)),
                new ChainTerms(
                        network,
                        number(Key.PAYOUT_CONFIRMATIONS, 1, ChainTerms.CONFIRMATIONS_MAX),
                        number(Key.PAYOUT_FEE_TARGET, 1, ChainTerms.FEE_TARGET_MAX),
                        rate(Key.PAYOUT_FALLBACK_FEE),
                        rate(Key.PAYOUT_MAX_FEE).orElse(new FeeRate(1_000)),
                        number(Key.PAYOUT_MAX_FEE_PART, 1, 10_000),
                        number(Key.PAYOUT_BUMP_AFTER, 0, BLOCKS_MAX)));
    }

    private boolean on() {
        String text = text(Key.PAYOUT_ENABLED).toLowerCase(Locale.ROOT);
        if (!text.equals("true") && !text.equals("false")) {
            wrong(Key.PAYOUT_ENABLED, "is \"" + text + "\"", "Use true or false");
        }
        return text.equals("true");
    }

    private Optional<URI> node() {
        String text = text(Key.PAYOUT_NODE);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            var _ = NodeSettings.of(text, Optional.empty(), Optional.empty());
            return Optional.of(URI.create(text));
        } catch (IllegalArgumentException e) {
            wrong(Key.PAYOUT_NODE, "cannot be used: " + e.getMessage(), "Give http://USER:PASSWORD@HOST:PORT");
            return Optional.empty();
        }
    }

    private Optional<FeeRate> rate(Key key) {
        String text = text(key);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(FeeRate.parse(text));
        } catch (IllegalArgumentException e) {
            wrong(key, "is \"" + text + "\"", "Give satoshis for a virtual byte, as 1.5, at most 100000");
            return Optional.empty();
        }
    }

    private int number(Key key, int least, int most) {
        String text = text(key);
        if (text.matches("[0-9]{1,9}")) {
            int value = Integer.parseInt(text);
            if (value >= least && value <= most) {
                return value;
            }
        }
        wrong(key, "is \"" + text + "\"", "Give a whole number from " + least + " to " + most);
        return least;
    }

    private String text(Key key) {
        List<String> texts = settings.get(key).texts();
        return texts.isEmpty() ? "" : texts.getFirst();
    }

    private void wrong(Key key, String what, String mend) {
        Settings.Value value = settings.get(key);
        findings.add(new Finding(value.texts().isEmpty() ? key.path() : value.where(), what, mend));
    }
}
