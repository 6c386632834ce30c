package org.motepool.chain.devnet;

import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.motepool.chain.Chain.SubmitOutcome;
import org.motepool.chain.block.RawBlock;
import org.motepool.chain.template.BlockTemplate;
import org.motepool.core.time.FakeClock;

/** A started devnet with a clock of its own, and what its listener heard. */
final class DevnetFixture implements AutoCloseable {
    static final int START_SECONDS = 1_800_000_000;
    /** 16 real hashes a block at pow-shift 16: refusable, and quick. */
    static final BigInteger START_HASHES = BigInteger.ONE.shiftLeft(20);

    private static final Duration NEVER = Duration.ofHours(1);
    private static final int HEARD_MAX = 10_000;

    final FakeClock clock;
    final CollectorRegistry registry = new CollectorRegistry();
    final DevnetChain chain;
    final DevnetMiner miner;
    final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>(HEARD_MAX);

    private @Nullable Heard newest;

    record Heard(BlockTemplate template, boolean newTip, String thread) {}

    DevnetFixture(DevnetSettings settings) {
        this(settings, new FakeClock(START_SECONDS));
    }

    DevnetFixture(DevnetSettings settings, FakeClock clock) {
        this(settings, clock, new TemplateThread.Pace(NEVER, NEVER));
    }

    DevnetFixture(DevnetSettings settings, FakeClock clock, TemplateThread.Pace pace) {
        this.clock = clock;
        miner = new DevnetMiner(settings.powShift());
        try {
            chain = DevnetChain.open(settings, clock, registry, pace);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        chain.start((template, newTip) ->
                heard.add(new Heard(template, newTip, Thread.currentThread().getName())));
    }

    static DevnetSettings settings() {
        return DevnetSettings.defaults(START_HASHES);
    }

    Heard next() {
        try {
            Heard next = heard.poll(10, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("no template within 10 s");
            }
            return next;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The template on the tip as it is now, whatever was heard before. */
    BlockTemplate template() {
        return newest().template();
    }

    /** The last that was heard of the tip as it is now. */
    Heard newest() {
        Heard last = newest;
        while (last == null || !last.template().prevHash().equals(chain.tip().hash())) {
            last = next();
        }
        newest = last;
        return last;
    }

    SubmitOutcome submit(RawBlock block) {
        return chain.submit(block.hash(), block.serialized())
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    /** The chain's word on a block. */
    String word(RawBlock block) {
        return submit(block).answers().getFirst().substring("devnet: ".length());
    }

    /** Mines on the tip, five seconds later. */
    RawBlock mineOne() {
        RawBlock block = miner.mine(template());
        clock.advance(Duration.ofSeconds(5));
        String word = word(block);
        if (!word.equals("accepted")) {
            throw new AssertionError(word);
        }
        return block;
    }

    @Override
    public void close() {
        chain.close();
    }
}
