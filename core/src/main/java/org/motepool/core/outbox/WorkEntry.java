package org.motepool.core.outbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.motepool.core.account.AccountId;
import org.motepool.core.account.Scheme;
import org.motepool.core.bytes.ByteReader;
import org.motepool.core.bytes.ByteWriter;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.bytes.MalformedBytesException;
import org.motepool.core.sharelog.LogId;
import org.motepool.core.sharelog.LogRecord;
import org.motepool.core.sharelog.LogRecordCodec;
import org.motepool.core.sharelog.LogShard;
import org.motepool.core.work.Nbits;

/**
 * The work of one byte range of one log: a pure function of those bytes, so that a retry or a restart makes the very same
 * entry.
 *
 * @param chain id of the network the log was written for
 * @param from first log offset of the range
 * @param to the offset behind it, larger than {@code from}
 * @param addresses canonical payout addresses declared in the range, in order of appearance, each once
 * @param cells in ascending order, no two alike but for the work
 * @param sharesRoot RFC 6962 root over the bytes of the range's SHARE records, in log order
 * @param block a BLOCK record; it is alone in its range, so then there are no cells
 */
public record WorkEntry(
        String chain,
        LogShard source,
        long from,
        long to,
        List<String> addresses,
        List<WorkCell> cells,
        Bytes sharesRoot,
        Optional<LogRecord.BlockFound> block) {
    public static final int FORMAT = 1;
    public static final int ROOT_BYTES = 32;

    private static final int CELL_BYTES_MIN = 1 + 4 + AccountId.BYTES + 8 + 8;

    public WorkEntry {
        addresses = List.copyOf(addresses);
        cells = List.copyOf(cells);
        if (from < 0 || to <= from) {
            throw new IllegalArgumentException("not a range: " + from + " to " + to);
        }
        if (sharesRoot.size() != ROOT_BYTES) {
            throw new IllegalArgumentException("a root has 32 bytes, not " + sharesRoot.size());
        }
        if (block.isPresent() && !cells.isEmpty()) {
            throw new IllegalArgumentException("a block entry holds no work");
        }
        for (int i = 1; i < cells.size(); i++) {
            if (cells.get(i - 1).compareTo(cells.get(i)) >= 0) {
                throw new IllegalArgumentException("cells are not in ascending order");
            }
        }
    }

    public long shares() {
        return cells.stream().mapToLong(WorkCell::shares).sum();
    }

    public Bytes toBytes() {
        ByteWriter out = new ByteWriter(128 + cells.size() * CELL_BYTES_MIN);
        out.u8(FORMAT).text(chain).bytes(source.log().bytes()).u16(source.shard());
        out.i64(from).i64(to).bytes(sharesRoot);
        out.compactSize(addresses.size());
        addresses.forEach(out::text);
        out.compactSize(cells.size());
        for (WorkCell cell : cells) {
            out.u8(cell.scheme().code()).i32(cell.nbits().value());
            out.bytes(cell.account().bytes()).i64(cell.workUnits()).i64(cell.shares());
        }
        out.u8(block.isPresent() ? 1 : 0);
        block.ifPresent(found -> LogRecordCodec.write(found, out));
        return out.toBytes();
    }

    public static WorkEntry parse(Bytes bytes) throws MalformedBytesException {
        ByteReader in = new ByteReader(bytes);
        int format = in.u8();
        if (format != FORMAT) {
            throw new MalformedBytesException("work entry of format " + format + ", this version reads " + FORMAT);
        }
        try {
            String chain = in.text();
            LogShard source = new LogShard(new LogId(in.bytes(LogId.BYTES)), in.u16());
            long from = in.i64();
            long to = in.i64();
            Bytes root = in.bytes(ROOT_BYTES);
            List<String> addresses = new ArrayList<>();
            for (int left = in.count(1); left > 0; left--) {
                addresses.add(in.text());
            }
            List<WorkCell> cells = new ArrayList<>();
            for (int left = in.count(CELL_BYTES_MIN); left > 0; left--) {
                cells.add(new WorkCell(
                        Scheme.ofCode(in.u8()),
                        new Nbits(in.i32()),
                        new AccountId(in.bytes(AccountId.BYTES)),
                        in.i64(),
                        in.i64()));
            }
            Optional<LogRecord.BlockFound> block = readBlock(in);
            in.end();
            return new WorkEntry(chain, source, from, to, addresses, cells, root, block);
        } catch (IllegalArgumentException e) {
            throw new MalformedBytesException("not a work entry: " + e.getMessage(), e);
        }
    }

    private static Optional<LogRecord.BlockFound> readBlock(ByteReader in) throws MalformedBytesException {
        return switch (in.u8()) {
            case 0 -> Optional.empty();
            case 1 -> {
                if (LogRecordCodec.read(in) instanceof LogRecord.BlockFound found) {
                    yield Optional.of(found);
                }
                throw new MalformedBytesException("a work entry carries no record but BLOCK");
            }
            default -> throw new MalformedBytesException("neither with nor without a block");
        };
    }
}
