package org.motepool.chain.node;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.motepool.chain.Chain.SubmitOutcome;
import org.motepool.chain.template.MalformedReplyException;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Hash256;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands a found block to every node at once, each on its own virtual thread. Thread-safe. */
final class BlockSubmitter {
    private static final Logger LOG = LoggerFactory.getLogger(BlockSubmitter.class);
    /** A node that cannot be reached is tried so often when another one has the block. */
    private static final int TRIES_MAX = 4;
    /** And so often while none has: ten minutes at the usual pace, time enough for a node to be started again. */
    private static final int TRIES_ALONE_MAX = 125;
    /** Longest pause between two tries, in times of {@link Timing#submitRetry}. */
    private static final int PAUSE_TIMES_MAX = 10;
    /** bcoin puts this before the word that Core answers. */
    private static final String BCOIN_PREFIX = "rejected: ";

    private static final String INCONCLUSIVE = "inconclusive";

    private final List<ChainNode> nodes;
    private final Timing timing;
    private final ExecutorService executor;
    /** Never released: a wait that closing may break off. */
    private final Semaphore never = new Semaphore(0);

    BlockSubmitter(List<ChainNode> nodes, Timing timing, ExecutorService executor) {
        this.nodes = nodes;
        this.timing = timing;
        this.executor = executor;
    }

    private record Answer(boolean accepted, String words) {}

    CompletableFuture<SubmitOutcome> submit(Hash256 hash, Bytes block) {
        String hex = block.toHex();
        AtomicBoolean taken = new AtomicBoolean();
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        for (ChainNode node : nodes) {
            answers.add(submitTo(node, hash, hex, taken));
        }
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .handle((nothing, failure) -> outcome(answers));
    }

    private CompletableFuture<Answer> submitTo(ChainNode node, Hash256 hash, String hex, AtomicBoolean taken) {
        try {
            return CompletableFuture.supplyAsync(() -> answer(node, hash, hex, taken), executor)
                    .exceptionally(failure -> new Answer(false, "failed: " + failure));
        } catch (RejectedExecutionException e) {
            return CompletableFuture.completedFuture(new Answer(false, "not sent: the pool is closing"));
        }
    }

    private SubmitOutcome outcome(List<CompletableFuture<Answer>> answers) {
        boolean accepted = false;
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            Answer answer = answers.get(i).join();
            accepted |= answer.accepted();
            lines.add(nodes.get(i).name() + ": " + answer.words());
        }
        return new SubmitOutcome(accepted, List.copyOf(lines));
    }

    /** @param taken whether some node has answered for the block */
    private Answer answer(ChainNode node, Hash256 hash, String hex, AtomicBoolean taken) {
        try {
            return submitWithRetry(node, hash, hex, taken);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer(false, "no answer: the pool is closing");
        }
    }

    private Answer submitWithRetry(ChainNode node, Hash256 hash, String hex, AtomicBoolean taken)
            throws InterruptedException {
        String trouble = "";
        for (int tries = 0; tries < (taken.get() ? TRIES_MAX : TRIES_ALONE_MAX); tries++) {
            if (tries > 0) {
                pause(Math.min(1L << Math.min(tries - 1, 16), PAUSE_TIMES_MAX));
            }
            try {
                Answer answer = judge(node, hash, node.call("submitblock", hex));
                taken.set(true);
                LOG.info("block {}: node {} says {}", hash, node.name(), answer.words());
                return answer;
            } catch (NodeException e) {
                trouble =
                        e instanceof NodeException.Refused refused ? refused.reason() : String.valueOf(e.getMessage());
                if (hopeless(e)) {
                    break;
                }
                if (tries == TRIES_MAX && !taken.get()) {
                    LOG.error("block {} waits for a node that takes it, start one soon: {}", hash, trouble);
                }
            }
        }
        LOG.warn("block {} could not be submitted: {}", hash, trouble);
        return new Answer(false, trouble);
    }

    /** Core answers so when it cannot even read the block; its other codes are passing states of the node. */
    private static boolean hopeless(NodeException e) {
        return e instanceof NodeException.Refused refused && refused.code() == RpcCodes.DESERIALIZATION;
    }

    private Answer judge(ChainNode node, Hash256 hash, JsonNode result) throws InterruptedException {
        if (result.isNull()) {
            return offChain(node, hash) ? new Answer(false, INCONCLUSIVE) : new Answer(true, "accepted");
        }
        String said = result.asText(result.toString());
        String word = said.startsWith(BCOIN_PREFIX) ? said.substring(BCOIN_PREFIX.length()) : said;
        return switch (word) {
            case "duplicate", INCONCLUSIVE, "duplicate-inconclusive" -> new Answer(onActiveChain(node, hash), word);
            default -> new Answer(false, said);
        };
    }

    /** bcoin says null also of a good block that it keeps beside its chain; Core says {@code inconclusive} of that. */
    private static boolean offChain(ChainNode node, Hash256 hash) throws InterruptedException {
        try {
            return NodeQueries.confirmations(node, hash)
                    .filter(depth -> depth <= 0)
                    .isPresent();
        } catch (NodeException | MalformedReplyException e) {
            LOG.debug("block {}: node {} took it and says no more: {}", hash, node.name(), e.getMessage());
            return false;
        }
    }

    /** The node has the block but did not say whether it builds on it; that may take it a moment to decide. */
    private boolean onActiveChain(ChainNode node, Hash256 hash) throws InterruptedException {
        for (int tries = 0; tries < TRIES_MAX; tries++) {
            if (tries > 0) {
                pause(1);
            }
            try {
                if (NodeQueries.confirmations(node, hash)
                        .filter(depth -> depth > 0)
                        .isPresent()) {
                    return true;
                }
            } catch (NodeException | MalformedReplyException e) {
                LOG.warn("block {}: cannot see whether node {} builds on it: {}", hash, node.name(), e.getMessage());
            }
        }
        return false;
    }

    private void pause(long times) throws InterruptedException {
        boolean _ = never.tryAcquire(times * timing.submitRetry().toMillis(), TimeUnit.MILLISECONDS);
    }
}
