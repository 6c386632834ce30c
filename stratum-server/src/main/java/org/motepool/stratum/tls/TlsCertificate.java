package org.motepool.stratum.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.time.PoolClock;
import org.motepool.stratum.stats.StratumMetrics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate in use. The files are looked at every {@link #LOOK_EVERY}; what changed is used for connections that
 * come from then on, those that are open keep theirs. What cannot be used is told, and the one in use stays. Thread-safe.
 */
public final class TlsCertificate implements AutoCloseable {
    public static final Duration LOOK_EVERY = Duration.ofSeconds(10);

    /** A device on a slow line takes seconds; one that takes longer is none. */
    private static final Duration HANDSHAKE_MAX = Duration.ofSeconds(20);

    /** Sessions that may be taken up again without the costly part of the handshake: a restart's worth of devices. */
    private static final int SESSIONS_MAX = 20_000;

    private static final int SESSION_SECONDS_MAX = 24 * 3600;
    private static final Logger LOG = LoggerFactory.getLogger(TlsCertificate.class);

    private final CertificateFiles files;
    private final PoolClock clock;
    private final StratumMetrics metrics;
    /** The arithmetic of handshakes, milliseconds each; never on an event loop. A connection waits for one at most. */
    private final ExecutorService handshakes;

    private final ScheduledExecutorService looks;
    private volatile SslContext context;
    private Bytes inUse;
    private @Nullable Bytes refused;

    /** @throws CertificateException when there is none to begin with, saying what to mend */
    public static TlsCertificate open(CertificateFiles files, PoolClock clock, StratumMetrics metrics)
            throws CertificateException {
        TlsCertificate opened = new TlsCertificate(files, clock, metrics);
        var _ = opened.looks.scheduleWithFixedDelay(
                opened::look, LOOK_EVERY.toNanos(), LOOK_EVERY.toNanos(), TimeUnit.NANOSECONDS);
        return opened;
    }

    /** Tells whether they can be used, without using them. */
    public static void check(CertificateFiles files) throws CertificateException {
        context(Identity.read(files));
    }

    /** When the certificate in those files ends; throws when they cannot be used. */
    public static Instant ends(CertificateFiles files) throws CertificateException {
        return Identity.read(files).ends();
    }

    private TlsCertificate(CertificateFiles files, PoolClock clock, StratumMetrics metrics)
            throws CertificateException {
        this.files = files;
        this.clock = clock;
        this.metrics = metrics;
        Identity identity = Identity.read(files);
        context = context(identity);
        inUse = identity.source();
        shown(identity);
        handshakes = Executors.newFixedThreadPool(
                Runtime.getRuntime().availableProcessors(),
                Thread.ofPlatform().name("stratum-tls-", 0).daemon().factory());
        looks = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("stratum-certificate").daemon().factory());
    }

    private static SslContext context(Identity identity) throws CertificateException {
        try {
            return SslContextBuilder.forServer(identity.key(), identity.chain().toArray(X509Certificate[]::new))
                    .sslProvider(SslProvider.JDK)
                    .protocols("TLSv1.3", "TLSv1.2")
                    .sessionCacheSize(SESSIONS_MAX)
                    .sessionTimeout(SESSION_SECONDS_MAX)
                    .build();
        } catch (SSLException e) {
            throw new CertificateException("the certificate cannot be used: " + e.getMessage(), e);
        }
    }

    private void shown(Identity identity) {
        metrics.certificateLoads.labels("used").inc();
        metrics.certificateExpiry.set((double) identity.ends().getEpochSecond());
        if (identity.ends().toEpochMilli() < clock.epochMillis()) {
            LOG.warn(
                    "the certificate in {} has expired: devices that look will refuse it; {}", files.chain(), identity);
        } else {
            LOG.info("TLS uses {}", identity);
        }
    }

    /** What a connection that begins TLS gets. */
    public SslHandler handler(ByteBufAllocator allocator) {
        SslHandler handler = context.newHandler(allocator, handshakes);
        handler.setHandshakeTimeoutMillis(HANDSHAKE_MAX.toMillis());
        return handler;
    }

    /** Looks at the files now. */
    public synchronized void look() {
        Bytes found = Bytes.EMPTY;
        try {
            found = Identity.source(files);
            if (found.equals(inUse)) {
                refused = null;
                return;
            }
            Identity identity = Identity.read(files);
            requireNotWorse(identity);
            context = context(identity);
            inUse = identity.source();
            refused = null;
            shown(identity);
        } catch (CertificateException | RuntimeException e) {
            // Once for each new content: it may stay wrong for long.
            if (!Objects.equals(refused, found)) {
                refused = found;
                metrics.certificateLoads.labels("refused").inc();
                LOG.error("the new certificate is not used, the one before stays: {}", e.getMessage());
            }
        }
    }

    private void requireNotWorse(Identity identity) throws CertificateException {
        if (identity.ends().toEpochMilli() < clock.epochMillis()) {
            throw new CertificateException(
                    files.chain() + " has expired already, " + identity + ": have a new one issued");
        }
    }

    @Override
    public void close() {
        looks.shutdownNow();
        handshakes.shutdownNow();
    }
}
