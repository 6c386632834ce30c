package org.motepool.pool.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.motepool.chain.node.NodeSettings;
import org.motepool.chain.wallet.FeeRate;
import org.motepool.core.address.Network;
import org.motepool.payout.lightning.LightningTerms;
import org.motepool.payout.payer.ChainTerms;
import org.motepool.payout.payer.RunSchedule;

/** Reads the settings of payments; collects findings. */
final class PaymentsReader {
    private static final int BLOCKS_MAX = 10_000;
    private static final int SATOSHIS_MAX = 999_999_999;

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
                        number(Key.PAYOUT_BUMP_AFTER, 0, BLOCKS_MAX)),
                lightning());
    }

    private Optional<Payments.Lightning> lightning() {
        long most = number(Key.LIGHTNING_MOST, 1, SATOSHIS_MAX);
        long inFlight = number(Key.LIGHTNING_IN_FLIGHT, 1, SATOSHIS_MAX);
        int fee = number(Key.LIGHTNING_MAX_FEE, 0, 10_000);
        if (inFlight < most) {
            wrong(
                    Key.LIGHTNING_IN_FLIGHT,
                    "is less than one payment may be",
                    "Give payout.lightning-max-satoshis or more");
            inFlight = most;
        }
        String text = text(Key.LIGHTNING_URL);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (text(Key.LIGHTNING_RUNE).isEmpty()) {
            wrong(Key.LIGHTNING_RUNE, "is not set", "Make one: lightning-cli createrune, restricted to those commands");
        }
        try {
            URI url = new URI(text);
            if (url.getHost() != null && ("https".equals(url.getScheme()) || "http".equals(url.getScheme()))) {
                String certificate = text(Key.LIGHTNING_CERTIFICATE);
                return Optional.of(new Payments.Lightning(
                        url,
                        text(Key.LIGHTNING_RUNE),
                        certificate.isEmpty() ? Optional.empty() : Optional.of(Path.of(certificate)),
                        new LightningTerms(most, inFlight, fee)));
            }
        } catch (URISyntaxException | InvalidPathException e) {
            // Told below.
        }
        wrong(Key.LIGHTNING_URL, "cannot be used", "Give https://HOST:PORT, and a certificate that is a path");
        return Optional.empty();
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
