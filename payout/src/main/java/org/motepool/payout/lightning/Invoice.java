package org.motepool.payout.lightning;

import org.motepool.core.bytes.ByteReader;
import org.motepool.core.bytes.ByteWriter;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.bytes.MalformedBytesException;

/**
 * An invoice that was checked: what the journal keeps of a payment over Lightning. Bytes: format (u8), payment hash (32),
 * millisatoshis (i64), expiry (i64), BOLT11 (text).
 *
 * @param paymentHash by which the node knows the payment; it pays one hash at most once
 * @param expiresAt seconds since 1970 after which no node begins to pay it
 * @param bolt11 its text
 */
public record Invoice(Bytes paymentHash, long millisatoshis, long expiresAt, String bolt11) {
    public static final int HASH_BYTES = 32;
    /** Invoices with many route hints are near 2 KB. */
    public static final int CHARACTERS_MAX = 8_192;

    private static final int FORMAT = 1;

    public Invoice {
        if (paymentHash.size() != HASH_BYTES || millisatoshis < 1 || bolt11.length() > CHARACTERS_MAX) {
            throw new IllegalArgumentException("not an invoice");
        }
    }

    Bytes toBytes() {
        return new ByteWriter()
                .u8(FORMAT)
                .bytes(paymentHash)
                .i64(millisatoshis)
                .i64(expiresAt)
                .text(bolt11)
                .toBytes();
    }

    /** Reads what {@link #toBytes} wrote. */
    public static Invoice parse(Bytes detail) throws MalformedBytesException {
        ByteReader in = new ByteReader(detail);
        int format = in.u8();
        if (format != FORMAT) {
            throw new MalformedBytesException("an invoice of format " + format);
        }
        try {
            Invoice invoice = new Invoice(in.bytes(HASH_BYTES), in.i64(), in.i64(), in.text());
            in.end();
            return invoice;
        } catch (IllegalArgumentException e) {
            throw new MalformedBytesException("not an invoice", e);
        }
    }
}
