package org.motepool.devices.firmware;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as C prints them. */
final class CNumber {
    private CNumber() {}

    /** {@code %.<digits>g}, for positive numbers. */
    static String general(double value, int digits) {
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(digits, RoundingMode.HALF_EVEN));
        int exponent = rounded.precision() - rounded.scale() - 1;
        BigDecimal bare = rounded.stripTrailingZeros();
        if (exponent >= -4 && exponent < digits) {
            return bare.toPlainString();
        }
        String mantissa = bare.scaleByPowerOfTen(-exponent).toPlainString();
        return "%se%s%02d".formatted(mantissa, exponent < 0 ? "-" : "+", Math.abs(exponent));
    }
}
