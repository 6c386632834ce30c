package org.motepool.chain.node;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.motepool.chain.template.BlockTemplate;

/**
 * Decides which node's templates miners get: the first one in configured order that is up and not behind. Every node is
 * asked for templates all the time, so a change of node costs no wait. Not thread-safe.
 *
 * <p>A change of node never takes miners to a lower height while that may be only the new node's delay; a node that
 * itself goes back (a reorganisation) is followed at once.
 */
final class TemplateSelector {
    /** Nodes hear of a block within seconds of each other; one that is later than this is stuck. */
    static final Duration BEHIND_MAX = Duration.ofSeconds(15);
    /** After this, a lower height is taken for the truth: better old work than none that any node would take. */
    static final Duration HOLD_MAX = Duration.ofMinutes(2);

    private static final int NONE = -1;

    private final Candidate[] candidates;
    private @Nullable BlockTemplate last;
    private int source = NONE;
    private @Nullable Long heldSince;

    /** What is known of one node; no template while it is down. */
    private static final class Candidate {
        private @Nullable BlockTemplate template;
        private @Nullable Long behindSince;
    }

    TemplateSelector(int nodes) {
        candidates = new Candidate[nodes];
        for (int i = 0; i < nodes; i++) {
            candidates[i] = new Candidate();
        }
    }

    /**
     * A node gave a template.
     *
     * @param nanos of the monotonic clock
     * @return what miners are to get now, if anything new
     */
    Optional<BlockTemplate> offer(int node, BlockTemplate template, long nanos) {
        candidates[node].template = template;
        return decide(nanos);
    }

    /** A node gives no templates any more. */
    Optional<BlockTemplate> withdraw(int node, long nanos) {
        candidates[node].template = null;
        return decide(nanos);
    }

    /** The node whose template was handed on last, if it is still up. */
    boolean inUse(int node) {
        return source == node && candidates[node].template != null;
    }

    private Optional<BlockTemplate> decide(long nanos) {
        measureLag(nanos);
        int chosen = choose(nanos);
        BlockTemplate template = chosen == NONE ? null : candidates[chosen].template;
        if (template == null) {
            return Optional.empty();
        }
        if (template.equals(last)) {
            source = chosen;
            return Optional.empty();
        }
        if (goesBack(chosen, template) && !heldLongEnough(nanos)) {
            return Optional.empty();
        }
        heldSince = null;
        last = template;
        source = chosen;
        return Optional.of(template);
    }

    private void measureLag(long nanos) {
        int highest = 0;
        for (Candidate candidate : candidates) {
            highest = candidate.template == null ? highest : Math.max(highest, candidate.template.height());
        }
        for (Candidate candidate : candidates) {
            if (candidate.template == null || candidate.template.height() == highest) {
                candidate.behindSince = null;
            } else if (candidate.behindSince == null) {
                candidate.behindSince = nanos;
            }
        }
    }

    /** The first that serves and does not take miners back; else the first that serves. */
    private int choose(long nanos) {
        int first = NONE;
        for (int i = 0; i < candidates.length; i++) {
            BlockTemplate template = candidates[i].template;
            if (template == null || tooFarBehind(candidates[i], nanos)) {
                continue;
            }
            if (!goesBack(i, template)) {
                return i;
            }
            first = first == NONE ? i : first;
        }
        return first;
    }

    private static boolean tooFarBehind(Candidate candidate, long nanos) {
        return candidate.behindSince != null && nanos - candidate.behindSince > BEHIND_MAX.toNanos();
    }

    private boolean goesBack(int node, BlockTemplate template) {
        return last != null && node != source && template.height() < last.height();
    }

    private boolean heldLongEnough(long nanos) {
        if (heldSince == null) {
            heldSince = nanos;
        }
        return nanos - heldSince >= HOLD_MAX.toNanos();
    }
}
