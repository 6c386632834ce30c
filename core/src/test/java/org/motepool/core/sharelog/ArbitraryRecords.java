package org.motepool.core.sharelog;

import java.math.BigInteger;
import java.util.Random;
import java.util.stream.Stream;
import org.motepool.core.account.AccountId;
import org.motepool.core.account.Scheme;
import org.motepool.core.account.WorkerName;
import org.motepool.core.block.BlockHeader;
import org.motepool.core.block.Job;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Hash256;
import org.motepool.core.work.Level;
import org.motepool.core.work.Nbits;

/** Makes arbitrary but valid log records from a seed. */
public final class ArbitraryRecords {
    private final Random random;

    public ArbitraryRecords(long seed) {
        random = new Random(seed);
    }

    public Bytes bytes(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return Bytes.copyOf(bytes);
    }

    public Nbits nbits() {
        return Nbits.notAbove(BigInteger.ONE.shiftLeft(1 + random.nextInt(250)));
    }

    public Scheme scheme() {
        return random.nextBoolean() ? Scheme.PPLNS : Scheme.SOLO;
    }

    public AccountId account() {
        return new AccountId(bytes(AccountId.BYTES));
    }

    /** Text of one- to four-byte characters. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(WorkerName.CHARACTERS_MAX); left > 0; left--) {
            text.appendCodePoint(new int[] {'a' + random.nextInt(26), 0xe9, 0x20ac, 0x1f41d}[random.nextInt(4)]);
        }
        return text.toString();
    }

    public Job job() {
        return new Job(
                random.nextInt(),
                random.nextInt(),
                Hash256.ofInternal(bytes(Hash256.BYTES)),
                bytes(random.nextInt(300)),
                bytes(random.nextInt(300)),
                random.nextInt(Job.EXTRANONCE_BYTES_MAX + 1),
                Stream.generate(() -> Hash256.ofInternal(bytes(Hash256.BYTES)))
                        .limit(random.nextInt(6))
                        .toList(),
                random.nextInt(),
                nbits(),
                random.nextInt(),
                scheme());
    }

    public LogRecord.Share share() {
        return new LogRecord.Share(
                random.nextInt(),
                bytes(random.nextInt(Job.EXTRANONCE_BYTES_MAX + 1)),
                random.nextInt(),
                random.nextInt(),
                random.nextInt(),
                new Level(Level.LOWEST + random.nextInt(Level.HIGHEST - Level.LOWEST + 1)),
                scheme(),
                account(),
                text());
    }

    public LogRecord.BlockFound block() {
        BlockHeader header = new BlockHeader(
                random.nextInt(),
                Hash256.ofInternal(bytes(Hash256.BYTES)),
                Hash256.ofInternal(bytes(Hash256.BYTES)),
                random.nextInt(),
                nbits(),
                random.nextInt());
        return new LogRecord.BlockFound(
                header,
                bytes(random.nextInt(300)),
                random.nextInt(),
                random.nextInt(),
                scheme(),
                random.nextInt(10_001),
                text(),
                text());
    }

    /** One of each kind. */
    public Stream<LogRecord> oneOfEach() {
        return Stream.of(
                new LogRecord.JobDeclared(job()),
                new LogRecord.AccountDeclared(text()),
                share(),
                block(),
                new LogRecord.Cut(random.nextLong()));
    }
}
