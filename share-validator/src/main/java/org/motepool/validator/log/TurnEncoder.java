package org.motepool.validator.log;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.motepool.core.account.AccountId;
import org.motepool.core.block.Job;
import org.motepool.core.bytes.ByteWriter;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.sharelog.LogRecord;
import org.motepool.core.sharelog.LogRecordCodec;

/** Makes the groups that one force covers. An append that cannot be encoded adds nothing. Owned by the writer thread. */
final class TurnEncoder {
    private static final int NONE = -1;
    private static final int ENDS_MIN = 16;

    private final ByteWriter out;
    private final ByteWriter append;
    /** Where each record of the append ends. */
    private int[] ends = new int[ENDS_MIN];

    private int records;
    private final OpenSegment segment;
    private final long start;
    private long boundary;
    private int group = NONE;

    /**
     * @param segment that the groups are meant for
     * @param start log offset up to which all is forced, where the first group will stand
     * @param boundary log offset where the present outbox entry starts
     * @param out emptied and then used until the next one
     * @param append likewise, for one append at a time
     */
    TurnEncoder(OpenSegment segment, long start, long boundary, ByteWriter out, ByteWriter append) {
        out.clear();
        this.out = out;
        this.append = append;
        this.segment = segment;
        this.start = start;
        this.boundary = boundary;
    }

    /** Adds shares, with jobs and accounts that the segment lacks before them. */
    void shares(List<? extends ShareLog.Loggable> shares) {
        append.clear();
        records = 0;
        Set<Integer> jobs = new HashSet<>();
        Set<AccountId> accounts = new HashSet<>();
        for (ShareLog.Loggable one : shares) {
            ShareLog.LoggedShare logged = one.logged();
            LogRecord.Share share = logged.share();
            requireJob(share.jobNumber(), logged.job());
            if (!segment.jobs().contains(share.jobNumber()) && jobs.add(share.jobNumber())) {
                encode(new LogRecord.JobDeclared(logged.job()));
            }
            if (!segment.accounts().contains(share.account()) && accounts.add(share.account())) {
                encode(accountOf(logged));
            }
            encode(share);
        }
        segment.jobs().addAll(jobs);
        segment.accounts().addAll(accounts);
        int from = 0;
        for (int i = 0; i < records; i++) {
            add(append.array(), from, ends[i] - from);
            from = ends[i];
        }
    }

    private void encode(LogRecord record) {
        LogRecordCodec.write(record, append);
        if (records == ends.length) {
            ends = Arrays.copyOf(ends, 2 * ends.length);
        }
        ends[records++] = append.size();
    }

    private static LogRecord.AccountDeclared accountOf(ShareLog.LoggedShare logged) {
        LogRecord.AccountDeclared declared = new LogRecord.AccountDeclared(logged.address());
        if (!declared.account().equals(logged.share().account())) {
            throw new IllegalArgumentException("account " + logged.share().account() + " is not that of its address");
        }
        return declared;
    }

    private static void requireJob(int number, Job job) {
        if (number != job.number()) {
            throw new IllegalArgumentException("job " + job.number() + " was given for job " + number);
        }
    }

    /** Adds a BLOCK in a group of its own; its job, where the segment lacks it, in the group before. */
    void block(LogRecord.BlockFound block, Job job) {
        requireJob(block.jobNumber(), job);
        Bytes record = LogRecordCodec.toBytes(block);
        if (!segment.jobs().contains(job.number())) {
            Bytes declared = LogRecordCodec.toBytes(new LogRecord.JobDeclared(job));
            segment.jobs().add(job.number());
            add(declared);
        }
        endGroup();
        add(record);
        endGroup();
        boundary = end();
    }

    /** Ends the outbox entry here. */
    void cut(long epochMillis) {
        add(LogRecordCodec.toBytes(new LogRecord.Cut(epochMillis)));
        endGroup();
        boundary = end();
    }

    private void add(Bytes record) {
        add(record.toArray(), 0, record.size());
    }

    private void add(byte[] from, int offset, int length) {
        if (group != NONE && out.size() - group + length > GroupCodec.RECORDS_BYTES_AIM) {
            endGroup();
        }
        if (group == NONE) {
            group = out.size();
            GroupCodec.begin(out);
        }
        out.bytes(from, offset, length);
    }

    private void endGroup() {
        if (group != NONE) {
            GroupCodec.seal(out, group, start + group, start);
            group = NONE;
        }
    }

    /** Log offset behind all that was added. */
    long end() {
        return start + out.size();
    }

    /** Log offset behind the last CUT or BLOCK. */
    long boundary() {
        return boundary;
    }

    int size() {
        return out.size();
    }

    /** The groups, valid up to {@link #size()}. */
    byte[] groups() {
        endGroup();
        return out.array();
    }
}
