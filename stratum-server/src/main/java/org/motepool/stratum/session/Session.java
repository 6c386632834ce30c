package org.motepool.stratum.session;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.motepool.core.address.AddressException;
import org.motepool.core.work.Level;
import org.motepool.store.LiveStats;
import org.motepool.stratum.guard.CloseReason;
import org.motepool.stratum.guard.Guards;
import org.motepool.stratum.guard.Offence;
import org.motepool.stratum.guard.StratumLimits;
import org.motepool.stratum.job.PublishedJob;
import org.motepool.stratum.share.Judge;
import org.motepool.stratum.stats.WorkerStats;
import org.motepool.stratum.v1.ErrorCode;
import org.motepool.stratum.v1.LineFramer;
import org.motepool.stratum.v1.Method;
import org.motepool.stratum.v1.MinerMessage;
import org.motepool.stratum.v1.PoolMessage;
import org.motepool.stratum.v1.RequestId;
import org.motepool.stratum.v1.UserAgent;
import org.motepool.stratum.v1.V1Encoder;
import org.motepool.stratum.vardiff.ClassGuess;
import org.motepool.stratum.vardiff.Device;
import org.motepool.stratum.vardiff.DeviceClass;
import org.motepool.stratum.vardiff.DeviceTable;
import org.motepool.stratum.vardiff.KnownRate;

/**
 * What one connection may do and is owed. Takes requests in any order and pipelined in any way; answers in their order;
 * sends no notification before both the subscribe and the authorize reply are out, then level and job at once. Owned by
 * its event loop; only {@link #report()} may be asked from elsewhere.
 */
public final class Session implements WorkerStats.SessionView {
    private static final int EXTRANONCE2_BYTES = Judge.EXTRANONCE_BYTES - Integer.BYTES;
    private static final String VERSION_ROLLING = "version-rolling";

    private final NodeContext node;
    private final ListenerProfile listener;
    private final Channel channel;
    private final long connectedAt;
    private final LineWriter out;
    private final ReplyQueue replies;
    private final SessionWork work;
    private final SessionShares shares;
    private final SessionGuard guard;
    private final SessionMiners miners;
    private final SessionResume resume;
    private final Runnable onPressure;
    private boolean subscribed;
    private int extranonce1;
    private long lastLineNanos;
    private boolean stopped;
    private int bansSeen;
    private final SessionDeparture departure = new SessionDeparture();
    private @Nullable CloseReason closing;
    private final ClassGuess guess;
    private boolean guessing;
    private volatile Device device = DeviceTable.UNKNOWN_DEVICE;
    private volatile UserAgent userAgent = UserAgent.NONE;
    private volatile int levelShown;

    /** @param onPressure called when the number of waiting replies may have changed */
    Session(SessionLoop loop, NodeContext node, ListenerProfile listener, Channel channel, Runnable onPressure) {
        this.node = node;
        this.listener = listener;
        this.channel = channel;
        this.onPressure = onPressure;
        this.guess = new ClassGuess(node.difficulties());
        this.bansSeen = node.guards().bans().version();
        this.connectedAt = node.clock().epochMillis();
        this.lastLineNanos = node.clock().nanos();
        this.out = new LineWriter(channel, this::onReady);
        this.replies = new ReplyQueue(this::send);
        this.work = new SessionWork(loop, node, listener, out, channel.alloc());
        this.guard = new SessionGuard(node, channel);
        this.resume = new SessionResume(node.sessions(), channel);
        SoloSeat seat = new SoloSeat(listener.scheme(), node.feed().soloAccounts());
        this.miners = new SessionMiners(node, seat, this);
        this.shares = new SessionShares(loop, node, work, replies, guard, miners);
        node.metrics().opened.labels(listener.name()).inc();
        gauge(1);
    }

    private void send(PoolMessage reply) {
        out.write(V1Encoder.encode(reply, channel.alloc()));
        onPressure.run();
    }

    private void gauge(int change) {
        node.metrics()
                .connections
                .labels(listener.name(), device.family(), device.deviceClass().label())
                .inc(change);
    }

    /** One decoded line. */
    void on(MinerMessage message) {
        lastLineNanos = node.clock().nanos();
        if (message instanceof MinerMessage.Malformed) {
            node.metrics().malformedLines.inc();
            guard.note(Offence.JUNK);
        } else if (isRefused()) {
            answerRefused(message.id());
        } else {
            answer(message);
        }
        onPressure.run();
    }

    private boolean isRefused() {
        if (guard.isBarred()) {
            guard.refuse(Guards.Refusal.BANNED_NETWORK);
        }
        return guard.isRefused();
    }

    private void answerRefused(RequestId id) {
        if (!id.isNone()) {
            reply(id, new PoolMessage.NotAuthorized(id, ErrorCode.BANNED));
            guard.hold();
        }
    }

    private void answer(MinerMessage message) {
        if (message.method() != Method.SUBMIT) {
            guard.note(Offence.CHATTER);
        }
        node.metrics().requested(message.method());
        RequestId id = message.id();
        switch (message) {
            case MinerMessage.Subscribe subscribe -> subscribe(subscribe);
            case MinerMessage.Authorize authorize -> authorize(authorize);
            case MinerMessage.Configure configure -> configure(configure);
            case MinerMessage.Suggest suggest -> suggest(suggest);
            case MinerMessage.Submit submit -> submit(submit);
            case MinerMessage.ExtranonceSubscribe _ -> reply(id, new PoolMessage.Done(id));
            case MinerMessage.Unsupported _ -> reply(id, new PoolMessage.Refused(id, ErrorCode.OTHER));
            case MinerMessage.Invalid invalid -> invalid(invalid);
            case MinerMessage.ClientReply _ -> {}
            case MinerMessage.Malformed _ -> {}
        }
    }

    /** All lines of this read have been seen. */
    void onTurnEnd() {
        if (!subscribed || miners.isEmpty() || work.started() || resume.isWaiting()) {
            return;
        }
        guard.arrived();
        if (resume.hasAsked()) {
            start();
        } else {
            resume.ask(miners.first(), this::resume);
        }
    }

    private void resume(Optional<KnownRate> known) {
        if (!work.started()) {
            known.ifPresent(work.levels()::resume);
        }
        start();
    }

    /** Not once it is closing: a look-up may end later. */
    private void start() {
        if (closing == null && channel.isActive() && !miners.isEmpty() && !work.started()) {
            work.start(miners.first());
            showLevel();
        }
    }

    private void subscribe(MinerMessage.Subscribe subscribe) {
        if (!subscribed) {
            subscribed = true;
            extranonce1 = node.extranonce1().getAndIncrement();
            userAgent = subscribe.userAgent();
            Device named = DeviceTable.of(userAgent, listener.classHint());
            guessing = named.deviceClass() == DeviceClass.UNKNOWN;
            is(named);
            shares.subscribed(extranonce1);
            resume.subscribed(subscribe.session(), named.deviceClass());
            out.spacing(device.lineSpacing());
        }
        RequestId id = subscribe.id();
        reply(id, new PoolMessage.Subscribed(id, resume.id().value(), extranonce1, EXTRANONCE2_BYTES));
        work.forgetAnnounced();
    }

    private void is(Device named) {
        gauge(-1);
        device = named;
        gauge(1);
        work.device(named);
        shares.device(named);
        miners.touch();
    }

    /** Of a device that is not in the table. */
    private void takeFor(DeviceClass found) {
        if (guessing && found != device.deviceClass()) {
            is(DeviceTable.unnamed(found));
        }
    }

    /** For pages; the session id is the device's alone. */
    private String shownId() {
        return "%08x".formatted(extranonce1);
    }

    private void authorize(MinerMessage.Authorize authorize) {
        RequestId id = authorize.id();
        try {
            miners.authorize(authorize.user());
            reply(id, new PoolMessage.Done(id));
        } catch (AddressException e) {
            guard.note(Offence.BAD_LOGIN);
            reply(id, new PoolMessage.NotAuthorized(id, String.valueOf(e.getMessage())));
        }
    }

    private void configure(MinerMessage.Configure configure) {
        List<String> refused = new ArrayList<>(configure.extensions());
        OptionalInt mask = OptionalInt.empty();
        if (refused.remove(VERSION_ROLLING)) {
            int agreed = configure.mask() & SessionShares.VERSION_MASK;
            mask = OptionalInt.of(agreed);
            shares.versionMask(agreed);
        }
        reply(configure.id(), new PoolMessage.Configured(configure.id(), mask, refused));
    }

    private void suggest(MinerMessage.Suggest suggest) {
        reply(suggest.id(), new PoolMessage.Done(suggest.id()));
        if (suggest.level().isPresent()) {
            takeFor(guess.wished(suggest.level().get()));
            work.levels().suggested(suggest.level().get());
            work.review();
            showLevel();
        }
    }

    private void submit(MinerMessage.Submit submit) {
        // A share in the same segment as the authorization still finds its job.
        onTurnEnd();
        if (subscribed) {
            // Nor does it wait for what an earlier connection knew.
            start();
            shares.submit(submit);
        } else {
            shares.notSubscribed(submit.id());
        }
    }

    private void invalid(MinerMessage.Invalid invalid) {
        if (invalid.method() == Method.SUBMIT && !subscribed) {
            shares.notSubscribed(invalid.id());
        } else {
            shares.malformed(invalid.id(), null, invalid.text());
        }
    }

    private void reply(RequestId id, PoolMessage message) {
        if (!id.isNone()) {
            replies.reply(message);
        }
    }

    void onJob(PublishedJob job) {
        if (guard.isRefused()) {
            return;
        }
        work.onJob(job);
        showLevel();
        // It may have brought the level that a flood waits for.
        onPressure.run();
    }

    /** About once a second. */
    void tick() {
        if (leaves()) {
            return;
        }
        reviewBans();
        LineFramer framer = channel.pipeline().get(LineFramer.class);
        if (framer != null && !guard.tick(framer.lines(), framer.hasBegun())) {
            close(CloseReason.LINE_TOO_SLOW);
            return;
        }
        if (guard.isRefused()) {
            if (guard.isDone()) {
                close(CloseReason.REFUSED);
            }
            return;
        }
        if (!channel.config().isAutoRead()) {
            onPressure.run();
        }
        long silent = node.clock().nanos() - lastLineNanos;
        if (!subscribed && silent >= node.limits().subscribeTimeout().toNanos()) {
            close(CloseReason.NEVER_SUBSCRIBED);
        } else if (miners.isEmpty() && silent >= StratumLimits.UNAUTHORIZED_IDLE_MAX.toNanos()) {
            close(CloseReason.NEVER_AUTHORIZED);
        } else {
            takeFor(guess.shows(work.levels().rate()));
            work.review();
            showLevel();
        }
    }

    /** A planned stop: at that time it is asked to reconnect, and soon after it is closed. */
    void leaveAt(long nanos) {
        departure.at(nanos);
    }

    /** Returns true once it has left. */
    private boolean leaves() {
        return switch (departure.step(node.clock().nanos())) {
            case STAY, LINGER -> false;
            case ASK -> {
                // Before that, a device takes every line for a reply; and one that does not read is not told.
                if (work.started() && out.ready()) {
                    out.write(V1Encoder.encode(new PoolMessage.Reconnect(), channel.alloc()));
                }
                yield false;
            }
            case FINISH -> {
                stopReading();
                if (replies.pending() + out.waiting() == 0) {
                    close(CloseReason.DRAINED);
                }
                yield true;
            }
            case LEAVE -> {
                close(CloseReason.DRAINED);
                yield true;
            }
        };
    }

    /** Takes back what a new ban forbids. */
    private void reviewBans() {
        int version = node.guards().bans().version();
        if (version == bansSeen) {
            return;
        }
        bansSeen = version;
        if (miners.dropBanned() && miners.isEmpty()) {
            guard.refuse(Guards.Refusal.BANNED_ADDRESS);
        }
        isRefused();
    }

    /** The peer reads again, or its pauses are over. */
    void onReady() {
        work.onReady();
        showLevel();
        onPressure.run();
    }

    private void showLevel() {
        Level announced = work.announced();
        if (announced != null && announced.value() != levelShown) {
            levelShown = announced.value();
            miners.touch();
        }
    }

    /** Whether more may be read from the peer: it takes its replies, not too many are under way, and its level fits. */
    boolean mayRead() {
        return !stopped
                && guard.mayRead()
                && !work.levels().holdsBack()
                && replies.pending() + out.waiting() < StratumLimits.PENDING_REPLIES_MAX
                && channel.isWritable();
    }

    /** Output that the peer has not taken yet, as far as the channel holds it. */
    long queuedBytes() {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes();
    }

    boolean isSlowReader() {
        return channel.isActive() && !channel.isWritable();
    }

    /** Of the newest job; 0 before the first. */
    int level() {
        return levelShown;
    }

    boolean hasSubscribed() {
        return subscribed;
    }

    boolean isClosing() {
        return closing != null;
    }

    void stopReading() {
        stopped = true;
        var _ = channel.config().setAutoRead(false);
    }

    /** Notes why the connection will end, without ending it. */
    void closingFor(CloseReason reason) {
        if (closing == null) {
            closing = reason;
            reason.noteOn(channel);
        }
    }

    void close(CloseReason reason) {
        if (reason == CloseReason.SHUTDOWN) {
            out.hurry();
        }
        closingFor(reason);
        var _ = channel.close();
    }

    /** The connection is gone. */
    void onClosed() {
        CloseReason noted = CloseReason.of(channel);
        CloseReason reason = noted == null ? CloseReason.PEER : noted;
        closing = reason;
        node.metrics().closed.labels(reason.label()).inc();
        gauge(-1);
        out.discard();
        guard.closed();
        if (work.started() && !guard.isRefused()) {
            work.levels().known().ifPresent(resume::leave);
        }
        miners.closed();
    }

    @Override
    public LiveStats.SessionReport report() {
        return new LiveStats.SessionReport(
                shownId(),
                userAgent.value(),
                device.deviceClass().label(),
                Math.max(Level.LOWEST, levelShown),
                connectedAt);
    }
}
