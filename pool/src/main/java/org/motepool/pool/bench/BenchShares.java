package org.motepool.pool.bench;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.motepool.core.account.AccountId;
import org.motepool.core.address.Network;
import org.motepool.core.address.PayoutAddress;
import org.motepool.core.block.Job;
import org.motepool.core.bytes.ByteWriter;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Sha256;
import org.motepool.core.sharelog.LogRecord;
import org.motepool.core.work.Level;
import org.motepool.validator.log.ShareLog;

/**
 * Shares as a fleet of devices sends them, none like another: one in three rolls version bits, one in 32 is late and of the
 * job before. Only their hashes are nobody's work. Not thread-safe.
 */
final class BenchShares {
    static final int EXTRANONCE_BYTES = 8;

    private static final int DEVICES = 1_000;
    private static final int ACCOUNTS = 100;
    private static final int ONE_IN_LATE = 32;
    private static final int ONE_IN_ROLLS = 3;
    private static final int NTIME_ROLL_MAX = 30;
    private static final int VERSION_BITS = 1 << 16;
    private static final int VERSION_SHIFT = 13;

    private final Random random;
    private final List<Device> devices = new ArrayList<>();
    private int sent;

    private record Device(String worker, String address, AccountId account) {}

    BenchShares(long seed) {
        random = new Random(seed);
        List<PayoutAddress> addresses = new ArrayList<>();
        for (int i = 0; i < ACCOUNTS; i++) {
            Bytes name = Bytes.copyOf(("bench " + seed + " " + i).getBytes(StandardCharsets.UTF_8));
            addresses.add(PayoutAddress.ofWitnessKeyHash(Sha256.once(name).slice(0, 20), Network.BENCH));
        }
        for (int i = 0; i < DEVICES; i++) {
            PayoutAddress address = addresses.get(i % ACCOUNTS);
            devices.add(new Device("device-" + i, address.canonical(), address.accountId()));
        }
    }

    /** The next share of any device; extranonce2 counts over all of them, so no two shares are the same. */
    ShareLog.LoggedShare next(Job newest, Job before) {
        int connection = random.nextInt(DEVICES);
        Device device = devices.get(connection);
        Job job = random.nextInt(ONE_IN_LATE) == 0 ? before : newest;
        int rolled = random.nextInt(ONE_IN_ROLLS) == 0 ? random.nextInt(VERSION_BITS) << VERSION_SHIFT : 0;
        LogRecord.Share share = new LogRecord.Share(
                job.number(),
                new ByteWriter(EXTRANONCE_BYTES).i32(connection).i32(sent++).toBytes(),
                job.ntime() + random.nextInt(NTIME_ROLL_MAX),
                random.nextInt(),
                job.version() | rolled,
                Level.MIN,
                job.scheme(),
                device.account(),
                device.worker());
        return new ShareLog.LoggedShare(share, job, device.address());
    }
}
