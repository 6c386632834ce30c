package org.motepool.payout.journal;

import java.util.zip.CRC32C;
import org.motepool.core.bytes.ByteReader;
import org.motepool.core.bytes.ByteWriter;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.bytes.MalformedBytesException;
import org.motepool.core.hash.Sha256;

/**
 * The first bytes of a segment file: magic (8), format (u16), journal id (16), network id (16, zero padded), sequence of
 * its first record (i64), hash before it (32), CRC-32C of all that (i32).
 *
 * @param network id of the chain whose money this is
 * @param first sequence of its first record
 * @param previous chain hash before that record
 */
record SegmentHeader(Bytes journal, String network, long first, Bytes previous) {
    static final int ID_BYTES = 16;
    static final int BYTES = 8 + 2 + ID_BYTES + 16 + 8 + 32 + 4;

    private static final long MAGIC = 0x4c_4e_52_4a_45_54_4f_4dL; // "MOTEJRNL"
    private static final int FORMAT = 1;
    private static final int NETWORK_BYTES = 16;

    /** Of a new journal. */
    static SegmentHeader genesis(Bytes journal, String network) {
        Bytes seed = new ByteWriter().bytes(journal).text(network).toBytes();
        return new SegmentHeader(journal, network, 1, Sha256.once(seed));
    }

    byte[] toBytes() {
        ByteWriter out = new ByteWriter(BYTES);
        out.i64(MAGIC).u16(FORMAT).bytes(journal);
        Bytes name = new ByteWriter().text(network).toBytes();
        out.bytes(name).bytes(new byte[NETWORK_BYTES - name.size()]);
        out.i64(first).bytes(previous);
        return out.i32(crc(out.toArray(), out.size())).toArray();
    }

    static SegmentHeader parse(byte[] bytes) throws MalformedBytesException {
        ByteReader in = new ByteReader(bytes);
        if (in.i64() != MAGIC) {
            throw new MalformedBytesException("it is no journal segment");
        }
        int format = in.u16();
        Bytes journal = in.bytes(ID_BYTES);
        String network = new ByteReader(in.bytes(NETWORK_BYTES)).text();
        long first = in.i64();
        Bytes previous = in.bytes(32);
        if (in.i32() != crc(bytes, BYTES - 4)) {
            throw new MalformedBytesException("its header is damaged (wrong CRC)");
        }
        if (format != FORMAT) {
            throw new MalformedBytesException("it has format " + format + ", this version reads " + FORMAT);
        }
        return new SegmentHeader(journal, network, first, previous);
    }

    private static int crc(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
