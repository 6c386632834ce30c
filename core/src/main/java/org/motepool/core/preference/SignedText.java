package org.motepool.core.preference;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.motepool.core.address.Network;

/**
 * The text that is signed to decide one preference. One line of ASCII, so that every wallet signs the same bytes; a person
 * sees in it what will be. It names everything that keeps it from being used elsewhere, later or twice.
 *
 * @param ledger first {@value #LEDGER_CHARACTERS} hex digits of the id of the pool's journal: which pool it is
 * @param address canonical
 * @param value canonical
 * @param nonce greater than that of every text of this address before
 * @param untilSeconds end of its life in seconds since 1970, a whole minute
 */
public record SignedText(
        String ledger,
        Network network,
        String address,
        PreferenceField field,
        String value,
        long nonce,
        long untilSeconds) {
    public static final int LEDGER_CHARACTERS = 16;

    /** Longest text, in characters. */
    public static final int CHARACTERS_MAX = 600;

    /** How long a text that a page writes may be signed and sent. */
    public static final Duration LIFE = Duration.ofDays(1);

    /** How far away the end of a text's life may be, whoever wrote it. */
    public static final Duration LIFE_MAX = Duration.ofDays(7);

    private static final Duration DELAY = Duration.ofDays(2);
    private static final Duration DELAY_WORTHLESS = Duration.ofMinutes(2);
    private static final long SECONDS_PER_MINUTE = 60;

    private static final Pattern FORM =
            Pattern.compile("Motepool ([0-9a-f]{16}) on ([a-z0-9-]+), ([!-~]{1,128}): ([a-z]+) = ([ -~]{1,300});"
                    + " nonce ([0-9]{1,15}); until ([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}Z)");
    private static final DateTimeFormatter MINUTES =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    public SignedText {
        if (!ledger.matches("[0-9a-f]{16}") || nonce < 0 || untilSeconds % SECONDS_PER_MINUTE != 0) {
            throw new IllegalArgumentException("not a text to sign: ledger " + ledger + ", nonce " + nonce);
        }
    }

    /** How long a change of where money goes waits; shorter where coins are worth nothing and people try things. */
    public static Duration delay(Network network) {
        boolean worthless = network.isBuiltIn() || network == Network.REGTEST || network == Network.LTC_REGTEST;
        return worthless ? DELAY_WORTHLESS : DELAY;
    }

    /** The end of a text's life that begins now. */
    public static long untilFrom(long epochMillis) {
        long end = Math.floorDiv(epochMillis, 1_000L) + LIFE.toSeconds();
        return end - Math.floorMod(end, SECONDS_PER_MINUTE);
    }

    /** A nonce for a text that is written now: the seconds since 1970, or the one behind the last. */
    public static long nonceAfter(long last, long epochMillis) {
        return Math.max(last + 1, Math.floorDiv(epochMillis, 1_000L));
    }

    public String text() {
        return "Motepool " + ledger + " on " + network.id() + ", " + address + ": " + field.id() + " = " + value
                + "; nonce " + nonce + "; until " + MINUTES.format(Instant.ofEpochSecond(untilSeconds));
    }

    /** Parses what {@link #text} writes, and nothing else: the value stands in its canonical form. */
    public static SignedText parse(String text) throws PreferenceException {
        Matcher matcher = FORM.matcher(text);
        if (text.length() > CHARACTERS_MAX || !matcher.matches()) {
            throw new PreferenceException("this is not a text that the pool wrote; copy it in one piece");
        }
        Optional<Network> network = Network.ofId(matcher.group(2));
        Optional<PreferenceField> field = PreferenceField.ofId(matcher.group(4));
        if (network.isEmpty() || field.isEmpty()) {
            throw new PreferenceException("this text is of another version of the pool");
        }
        String value = PreferenceValue.canonical(field.get(), matcher.group(5));
        try {
            SignedText parsed = new SignedText(
                    matcher.group(1),
                    network.get(),
                    matcher.group(3),
                    field.get(),
                    value,
                    Long.parseLong(matcher.group(6)),
                    Instant.from(DateTimeFormatter.ISO_INSTANT.parse(
                                    matcher.group(7).replace("Z", ":00Z")))
                            .getEpochSecond());
            if (!parsed.text().equals(text)) {
                throw new PreferenceException("this text was changed; let the pool write it anew");
            }
            return parsed;
        } catch (DateTimeException e) {
            throw new PreferenceException("this text ends at no time that there is");
        }
    }
}
