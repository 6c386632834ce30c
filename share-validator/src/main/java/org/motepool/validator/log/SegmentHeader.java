package org.motepool.validator.log;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.motepool.core.bytes.ByteReader;
import org.motepool.core.bytes.ByteWriter;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.bytes.MalformedBytesException;
import org.motepool.core.sharelog.LogId;
import org.motepool.core.work.PowShift;
import org.motepool.core.work.ProofOfWork;

/**
 * The first 128 bytes of a segment: magic "MOTELOG\n", format version (u32), log id, segment number (u32), first log
 * offset (u64), proof of work (u8), pow-shift (u8), chain (CompactSize and UTF-8), zeros, CRC-32C of all before it (u32).
 *
 * @param firstOffset log offset of the first group; bytes of earlier segments from here on were never forced and count
 *     for nothing
 */
record SegmentHeader(
        LogId log, String chain, ProofOfWork proofOfWork, PowShift powShift, int segment, long firstOffset) {
    static final int BYTES = 128;
    static final int FORMAT = 1;
    static final int CHAIN_BYTES_MAX = 32;

    private static final Bytes MAGIC = Bytes.copyOf("MOTELOG\n".getBytes(StandardCharsets.US_ASCII));
    private static final int CRC_AT = BYTES - 4;

    static void requireChain(String chain) {
        int bytes = chain.getBytes(StandardCharsets.UTF_8).length;
        if (bytes == 0 || bytes > CHAIN_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "a chain's name has 1 to " + CHAIN_BYTES_MAX + " bytes, not " + bytes + ": " + chain);
        }
    }

    /** The name of a segment's file; names sort as numbers do. */
    static String fileName(int segment) {
        return "segment-%06d.log".formatted(segment);
    }

    Bytes toBytes() {
        ByteWriter out = new ByteWriter(BYTES);
        out.bytes(MAGIC).i32(FORMAT).bytes(log.bytes()).i32(segment).i64(firstOffset);
        out.u8(proofOfWork.code()).u8(powShift.bits()).text(chain);
        out.bytes(new byte[CRC_AT - out.size()]);
        out.i32(crc(out.array()));
        return out.toBytes();
    }

    /** Reads the header of {@code file}, of which {@code bytes} are the first. */
    static SegmentHeader parse(Path file, byte[] bytes) throws CorruptLogException {
        try {
            ByteReader in = new ByteReader(bytes);
            if (!in.bytes(MAGIC.size()).equals(MAGIC)) {
                throw new MalformedBytesException("this is no segment of a share log");
            }
            int format = in.i32();
            if (format != FORMAT) {
                throw new MalformedBytesException("format version " + Integer.toUnsignedString(format)
                        + ", this version of Motepool reads " + FORMAT + "; read it with the version that wrote it");
            }
            if (bytes.length != BYTES || new ByteReader(bytes, CRC_AT, 4).i32() != crc(bytes)) {
                throw new MalformedBytesException("the checksum of the segment's header is wrong");
            }
            return parseFields(in);
        } catch (MalformedBytesException | IllegalArgumentException e) {
            throw new CorruptLogException(file, 0, String.valueOf(e.getMessage()), e);
        }
    }

    private static SegmentHeader parseFields(ByteReader in) throws MalformedBytesException {
        LogId log = new LogId(in.bytes(LogId.BYTES));
        int segment = in.i32();
        long firstOffset = in.i64();
        ProofOfWork proofOfWork = ProofOfWork.ofCode(in.u8());
        PowShift powShift = new PowShift(in.u8());
        return new SegmentHeader(log, in.text(), proofOfWork, powShift, segment, firstOffset);
    }

    private static int crc(byte[] header) {
        CRC32C crc = new CRC32C();
        crc.update(header, 0, CRC_AT);
        return (int) crc.getValue();
    }
}
