package org.motepool.stratum.session;

import org.jspecify.annotations.Nullable;
import org.motepool.core.work.Level;
import org.motepool.stratum.guard.Offence;
import org.motepool.stratum.job.LiveJob;
import org.motepool.stratum.session.SessionMiners.Miner;
import org.motepool.stratum.share.Candidate;
import org.motepool.stratum.share.PoolUser;
import org.motepool.stratum.share.Verdict;
import org.motepool.stratum.stats.FamilyShares;
import org.motepool.stratum.stats.RejectReason;
import org.motepool.stratum.v1.ErrorCode;
import org.motepool.stratum.v1.MinerMessage.Submit;
import org.motepool.stratum.v1.PoolMessage;
import org.motepool.stratum.v1.PoolMessage.Done;
import org.motepool.stratum.v1.PoolMessage.Refused;
import org.motepool.stratum.v1.RequestId;
import org.motepool.stratum.vardiff.Device;
import org.motepool.stratum.vardiff.DeviceTable;

/**
 * The shares of one connection: the cheap checks, then the judge, then the reply in its place. Owned by the event loop.
 */
final class SessionShares {
    /** Bits that miners may roll (BIP 320). */
    static final int VERSION_MASK = 0x1fffe000;

    /** Furthest that ntime may be rolled past the job's; what known servers take. */
    static final int NTIME_ROLL_SECONDS_MAX = 7000;

    /** What full nodes take. */
    static final int NTIME_FUTURE_SECONDS_MAX = 7200;

    private final SessionLoop loop;
    private final NodeContext node;
    private final SessionWork work;
    private final ReplyQueue replies;
    private final SessionGuard guard;
    private final SessionMiners miners;
    private Device device = DeviceTable.UNKNOWN_DEVICE;
    private FamilyShares counters;
    private int extranonce1;
    private int versionMask = VERSION_MASK;

    SessionShares(
            SessionLoop loop,
            NodeContext node,
            SessionWork work,
            ReplyQueue replies,
            SessionGuard guard,
            SessionMiners miners) {
        this.loop = loop;
        this.node = node;
        this.work = work;
        this.replies = replies;
        this.guard = guard;
        this.miners = miners;
        counters = sharesOf(device);
    }

    void subscribed(int assignedExtranonce1) {
        extranonce1 = assignedExtranonce1;
    }

    /** Another class may be found later. */
    void device(Device named) {
        device = named;
        counters = sharesOf(named);
    }

    private FamilyShares sharesOf(Device of) {
        return node.metrics().sharesOf(of.family(), of.deviceClass().label());
    }

    void versionMask(int mask) {
        versionMask = mask;
    }

    /** A submit of a connection that has subscribed. */
    void submit(Submit submit) {
        Miner miner = miners.find(submit.user());
        if (miner == null) {
            refuse(submit.id(), null, RejectReason.UNAUTHORIZED, new Refused(submit.id(), ErrorCode.UNAUTHORIZED));
            return;
        }
        JobRing.Entry entry = work.ring().find(submit.job());
        if (entry == null || entry.job().tip() != node.feed().tip()) {
            refuse(submit.id(), miner, RejectReason.STALE, new Refused(submit.id(), ErrorCode.JOB_NOT_FOUND));
            if (device.freshJobAfterStale()) {
                work.wantFresh();
            }
            return;
        }
        int bits = submit.versionBits().orElse(0);
        if ((bits & ~versionMask) != 0) {
            malformed(submit.id(), miner, ErrorCode.VERSION_MASK);
        } else if (!ntimeFits(submit.ntime(), entry.job())) {
            malformed(submit.id(), miner, ErrorCode.NTIME);
        } else {
            judge(submit, miner, entry, bits);
        }
    }

    private void judge(Submit submit, Miner miner, JobRing.Entry entry, int bits) {
        if (!work.ring().makeRoom()) {
            malformed(submit.id(), miner, ErrorCode.TOO_MANY);
            work.wantFresh();
            return;
        }
        int version = entry.job().job().version() & ~versionMask | bits;
        if (!work.ring().remember(entry, submit.extranonce2(), submit.ntime(), submit.nonce(), version)) {
            refuse(submit.id(), miner, RejectReason.DUPLICATE, new Refused(submit.id(), ErrorCode.DUPLICATE));
            return;
        }
        Pending pending = new Pending(submit, miner, entry, extranonce1, version);
        if (!submit.id().isNone()) {
            replies.reserve(pending);
        }
        loop.judge(pending);
    }

    private boolean ntimeFits(int ntime, LiveJob job) {
        long wanted = Integer.toUnsignedLong(ntime);
        long lowest = Integer.toUnsignedLong(job.job().ntime());
        // A job's own ntime always fits: it is the node's clock, and ours may be behind.
        return wanted == lowest
                || wanted > lowest
                        && wanted <= lowest + NTIME_ROLL_SECONDS_MAX
                        && wanted <= Integer.toUnsignedLong(node.clock().epochSeconds()) + NTIME_FUTURE_SECONDS_MAX;
    }

    /** A submit that could not be decoded, or that breaks a rule of its own. */
    void malformed(RequestId id, @Nullable Miner miner, String text) {
        refuse(id, miner, RejectReason.MALFORMED, new Refused(id, ErrorCode.OTHER, text));
    }

    /** A submit before the connection subscribed. */
    void notSubscribed(RequestId id) {
        refuse(id, null, RejectReason.UNAUTHORIZED, new Refused(id, ErrorCode.NOT_SUBSCRIBED));
    }

    private void refuse(RequestId id, @Nullable Miner miner, RejectReason reason, PoolMessage reply) {
        count(miner, reason);
        if (!id.isNone()) {
            replies.reply(reply);
        }
    }

    private void count(@Nullable Miner miner, RejectReason reason) {
        counters.rejected(reason);
        switch (reason) {
            case STALE -> guard.note(Offence.STALE);
            case DUPLICATE -> guard.note(Offence.DUPLICATE);
            case LOW_DIFFICULTY -> guard.note(Offence.LOW_DIFFICULTY);
            case MALFORMED -> guard.note(Offence.MALFORMED);
            case UNAUTHORIZED -> guard.note(Offence.UNAUTHORIZED);
            case NOT_STORED -> {}
        }
        if (miner == null) {
            node.stats().rejected(reason);
        } else {
            node.stats().rejected(miner.stats(), reason);
        }
    }

    /** A share between the judge's hands and its reply. */
    private final class Pending extends ReplyQueue.Slot implements Candidate {
        private final Submit submit;
        private final Miner miner;
        private final JobRing.Entry entry;
        private final int extranonce1;
        private final int version;
        private double difficulty;

        Pending(Submit submit, Miner miner, JobRing.Entry entry, int extranonce1, int version) {
            this.submit = submit;
            this.miner = miner;
            this.entry = entry;
            this.extranonce1 = extranonce1;
            this.version = version;
        }

        @Override
        public LiveJob job() {
            return entry.job();
        }

        @Override
        public Level level() {
            return entry.level();
        }

        @Override
        public PoolUser user() {
            return miner.user();
        }

        @Override
        public int extranonce1() {
            return extranonce1;
        }

        @Override
        public int extranonce2() {
            return submit.extranonce2();
        }

        @Override
        public int ntime() {
            return submit.ntime();
        }

        @Override
        public int nonce() {
            return submit.nonce();
        }

        @Override
        public int version() {
            return version;
        }

        @Override
        public void on(Verdict verdict, double reached) {
            RequestId id = submit.id();
            switch (verdict) {
                case PROVEN -> {
                    difficulty = reached;
                    work.levels().accepted(level(), node.clock().nanos());
                }
                case LOW_DIFFICULTY -> {
                    forget();
                    count(miner, RejectReason.LOW_DIFFICULTY);
                    fill(new Refused(id, ErrorCode.LOW_DIFFICULTY));
                }
                case NOT_STORED -> {
                    forget();
                    count(miner, RejectReason.NOT_STORED);
                    fill(new Refused(id, ErrorCode.OTHER, ErrorCode.NOT_STORED));
                }
                case STORED -> {
                    node.stats().accepted(miner.stats(), level(), difficulty);
                    counters.accepted();
                    node.metrics().acceptedDifficulty.inc(node.difficulties().of(level()));
                    fill(new Done(id));
                    work.review();
                }
            }
        }

        private void forget() {
            work.ring().forget(entry, extranonce2(), ntime(), nonce(), version);
        }

        private void fill(PoolMessage reply) {
            if (!submit.id().isNone()) {
                replies.fill(this, reply);
            }
        }
    }
}
