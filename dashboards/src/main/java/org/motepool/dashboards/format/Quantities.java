package org.motepool.dashboards.format;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as people read them: 3 significant digits, SI prefixes, a no-break space before the unit. */
public final class Quantities {
    /** Under so many shares a rate is a guess, and none is shown. */
    public static final int SHARES_FOR_A_RATE_MIN = 4;
    /** What stands where nothing is known. */
    public static final String UNKNOWN = "–";

    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1_000);
    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);
    private static final String NO_BREAK_SPACE = "\u00a0";
    private static final String[] PREFIXES = {"", "k", "M", "G", "T", "P", "E", "Z", "Y"};

    private Quantities() {}

    /**
     * A rate that was estimated from so many shares; no more digits than the {@link #band} leaves meaning to, and a dash
     * under 4 shares.
     */
    public static String hashRate(double hashesPerSecond, long shares) {
        return known(hashesPerSecond, shares)
                ? scaled(hashesPerSecond, bandPercent(shares) >= 10 ? 2 : 3, "H/s")
                : UNKNOWN;
    }

    /** The band of ± 1/√n around such a rate, rounded up to whole percent; empty where no rate is shown. */
    public static String band(double hashesPerSecond, long shares) {
        return known(hashesPerSecond, shares) ? "±" + NO_BREAK_SPACE + bandPercent(shares) + NO_BREAK_SPACE + "%" : "";
    }

    /** Rate and band in one text. */
    public static String hashRateWithBand(double hashesPerSecond, long shares) {
        return (hashRate(hashesPerSecond, shares) + " " + band(hashesPerSecond, shares)).strip();
    }

    private static boolean known(double hashesPerSecond, long shares) {
        return shares >= SHARES_FOR_A_RATE_MIN && hashesPerSecond > 0;
    }

    private static long bandPercent(long shares) {
        return (long) Math.ceil(100 / Math.sqrt((double) shares));
    }

    /** A difficulty: {@code 1.83 k}, {@code 0.000244}. */
    public static String difficulty(double difficulty) {
        return scaled(difficulty, 3, "").stripTrailing();
    }

    /** Three digits without a prefix below a million: {@code 0.00123}, {@code 41.2}, {@code 1,230}; from there a prefix. */
    public static String plain(double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            return "0";
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(3, RoundingMode.HALF_UP));
        if (rounded.compareTo(MILLION) >= 0) {
            return scaled(value, 3, "").stripTrailing();
        }
        return rounded.compareTo(THOUSAND) >= 0 ? grouped(rounded.toBigInteger().toString()) : rounded.toPlainString();
    }

    /** A whole number in groups of three. */
    public static String count(long number) {
        return grouped(Long.toString(number));
    }

    /** Basis points as percent: 150 gives {@code 1.5 %}. */
    public static String percentOfBasisPoints(int basisPoints) {
        return percentNumber(basisPoints).toPlainString() + NO_BREAK_SPACE + "%";
    }

    /** Basis points as a percent number without needless zeros: 150 gives 1.5. */
    public static BigDecimal percentNumber(int basisPoints) {
        BigDecimal percent = BigDecimal.valueOf(basisPoints, 2).stripTrailingZeros();
        return percent.scale() < 0 ? percent.setScale(0, RoundingMode.UNNECESSARY) : percent;
    }

    /** A part of a whole in percent, 3 significant digits; a dash when the whole is not positive. */
    public static String share(BigInteger part, BigInteger whole) {
        if (whole.signum() <= 0) {
            return UNKNOWN;
        }
        BigDecimal percent = new BigDecimal(part)
                .multiply(BigDecimal.valueOf(100))
                .divide(new BigDecimal(whole), new MathContext(3, RoundingMode.HALF_UP));
        return percent.toPlainString() + NO_BREAK_SPACE + "%";
    }

    /** Puts a comma between groups of three digits. */
    static String grouped(String digits) {
        StringBuilder out = new StringBuilder(digits);
        int first = digits.startsWith("-") ? 1 : 0;
        for (int i = digits.length() - 3; i > first; i -= 3) {
            out.insert(i, ',');
        }
        return out.toString();
    }

    /** So many significant digits, an SI prefix, the unit. */
    public static String scaled(double value, int digits, String unit) {
        String gap = unit.isEmpty() ? "" : NO_BREAK_SPACE;
        if (!(value > 0) || Double.isInfinite(value)) {
            return "0" + gap + unit;
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(digits, RoundingMode.HALF_UP));
        int magnitude = rounded.precision() - rounded.scale() - 1;
        int prefix = Math.clamp(Math.floorDiv(magnitude, 3), 0, PREFIXES.length - 1);
        String number = rounded.movePointLeft(3 * prefix).toPlainString();
        if (prefix == 0) {
            return number + gap + unit;
        }
        return number + NO_BREAK_SPACE + PREFIXES[prefix] + unit;
    }
}
