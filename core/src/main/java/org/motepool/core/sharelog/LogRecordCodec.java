package org.motepool.core.sharelog;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.motepool.core.account.AccountId;
import org.motepool.core.account.Scheme;
import org.motepool.core.block.BlockHeader;
import org.motepool.core.block.Job;
import org.motepool.core.bytes.ByteReader;
import org.motepool.core.bytes.ByteWriter;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.bytes.MalformedBytesException;
import org.motepool.core.hash.Hash256;
import org.motepool.core.work.Level;
import org.motepool.core.work.Nbits;

/**
 * Gives log records their bytes: kind (1 byte), length of the body (CompactSize), body. Integers are little-endian, hashes
 * in internal order, texts UTF-8 behind a CompactSize length. Stateless.
 */
public final class LogRecordCodec {
    /** No record is longer; a reader refuses more before it allocates. */
    public static final int RECORD_BYTES_MAX = 1 << 20;

    private static final int JOB = 1;
    private static final int ACCOUNT = 2;
    private static final int SHARE = 3;
    private static final int BLOCK = 4;
    private static final int CUT = 5;

    /** From here on a CompactSize has more than one byte. */
    private static final int LONG_BODY = 0xfd;

    private LogRecordCodec() {}

    /** Appends one record; where it throws, a part of it may stand there. */
    public static void write(LogRecord record, ByteWriter out) {
        int start = out.size();
        out.u8(kind(record)).u8(0);
        int body = out.size();
        switch (record) {
            case LogRecord.JobDeclared declared -> writeJob(declared.job(), out);
            case LogRecord.AccountDeclared declared -> out.text(declared.address());
            case LogRecord.Share share -> writeShare(share, out);
            case LogRecord.BlockFound block -> writeBlock(block, out);
            case LogRecord.Cut cut -> out.i64(cut.epochMillis());
        }
        int size = out.size() - body;
        if (size < LONG_BODY) {
            // Nearly all are shares: their length takes the one byte that was left for it.
            out.u8At(start + 1, size);
        } else {
            writeLong(size, body, out);
        }
    }

    private static void writeLong(int size, int body, ByteWriter out) {
        byte[] bytes = Arrays.copyOfRange(out.array(), body, body + size);
        out.truncate(body - 1);
        if (size > RECORD_BYTES_MAX) {
            out.truncate(body - 2);
            throw new IllegalArgumentException("a log record of " + size + " bytes is over the limit");
        }
        out.compactSize(size).bytes(bytes);
    }

    private static int kind(LogRecord record) {
        return switch (record) {
            case LogRecord.JobDeclared _ -> JOB;
            case LogRecord.AccountDeclared _ -> ACCOUNT;
            case LogRecord.Share _ -> SHARE;
            case LogRecord.BlockFound _ -> BLOCK;
            case LogRecord.Cut _ -> CUT;
        };
    }

    /** One record alone, as bytes; of a share, the leaf of its entry's merkle root. */
    public static Bytes toBytes(LogRecord record) {
        ByteWriter out = new ByteWriter(128);
        write(record, out);
        return out.toBytes();
    }

    public static LogRecord read(ByteReader in) throws MalformedBytesException {
        int kind = in.u8();
        long length = in.compactSize();
        if (length > RECORD_BYTES_MAX) {
            throw new MalformedBytesException("a log record of " + length + " bytes is over the limit");
        }
        ByteReader body = new ByteReader(in.array(length));
        try {
            LogRecord record = switch (kind) {
                case JOB -> new LogRecord.JobDeclared(readJob(body));
                case ACCOUNT -> new LogRecord.AccountDeclared(body.text());
                case SHARE -> readShare(body);
                case BLOCK -> readBlock(body);
                case CUT -> new LogRecord.Cut(body.i64());
                default -> throw new MalformedBytesException("no log record has the kind " + kind);
            };
            body.end();
            return record;
        } catch (IllegalArgumentException e) {
            throw new MalformedBytesException("log record of kind " + kind + ": " + e.getMessage(), e);
        }
    }

    private static void writeJob(Job job, ByteWriter out) {
        out.i32(job.number()).i32(job.height()).bytes(job.prevHash().internal());
        out.sized(job.coinbase1()).sized(job.coinbase2()).u8(job.extranonceBytes());
        out.u8(job.branch().size());
        job.branch().forEach(hash -> out.bytes(hash.internal()));
        out.i32(job.version())
                .i32(job.nbits().value())
                .i32(job.ntime())
                .u8(job.scheme().code());
    }

    private static Job readJob(ByteReader in) throws MalformedBytesException {
        int number = in.i32();
        int height = in.i32();
        Hash256 prevHash = Hash256.ofInternal(in.bytes(Hash256.BYTES));
        Bytes coinbase1 = in.sized();
        Bytes coinbase2 = in.sized();
        int extranonceBytes = in.u8();
        int branches = in.u8();
        List<Hash256> branch = new ArrayList<>(branches);
        for (int i = 0; i < branches; i++) {
            branch.add(Hash256.ofInternal(in.bytes(Hash256.BYTES)));
        }
        return new Job(
                number,
                height,
                prevHash,
                coinbase1,
                coinbase2,
                extranonceBytes,
                branch,
                in.i32(),
                new Nbits(in.i32()),
                in.i32(),
                Scheme.ofCode(in.u8()));
    }

    private static void writeShare(LogRecord.Share share, ByteWriter out) {
        out.i32(share.jobNumber()).sized(share.extranonces());
        out.i32(share.ntime()).i32(share.nonce()).i32(share.version());
        out.u8(share.level().value()).u8(share.scheme().code());
        out.bytes(share.account().bytes()).text(share.worker());
    }

    private static LogRecord.Share readShare(ByteReader in) throws MalformedBytesException {
        return new LogRecord.Share(
                in.i32(),
                in.sized(),
                in.i32(),
                in.i32(),
                in.i32(),
                new Level(in.u8()),
                Scheme.ofCode(in.u8()),
                new AccountId(in.bytes(AccountId.BYTES)),
                in.text());
    }

    private static void writeBlock(LogRecord.BlockFound block, ByteWriter out) {
        out.bytes(block.header().toBytes()).sized(block.coinbase());
        out.i32(block.jobNumber()).i32(block.height());
        out.u8(block.scheme().code()).u16(block.feeBasisPoints());
        out.text(block.finder()).text(block.worker());
    }

    private static LogRecord.BlockFound readBlock(ByteReader in) throws MalformedBytesException {
        return new LogRecord.BlockFound(
                BlockHeader.parse(in.bytes(BlockHeader.BYTES)),
                in.sized(),
                in.i32(),
                in.i32(),
                Scheme.ofCode(in.u8()),
                in.u16(),
                in.text(),
                in.text());
    }
}
