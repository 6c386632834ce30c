package org.motepool.stratum.session;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.motepool.stratum.v1.PoolMessage;

/** Keeps replies in the order of their requests, however late each one is known. Owned by the event loop. */
final class ReplyQueue {
    private final Consumer<PoolMessage> out;
    private final Deque<Slot> slots = new ArrayDeque<>();

    ReplyQueue(Consumer<PoolMessage> out) {
        this.out = out;
    }

    /** The place of one reply that is not known yet. */
    static class Slot {
        private @Nullable PoolMessage reply;
    }

    /** A reply that is known at once. */
    void reply(PoolMessage reply) {
        if (slots.isEmpty()) {
            out.accept(reply);
        } else {
            Slot slot = reserve();
            slot.reply = reply;
        }
    }

    private Slot reserve() {
        Slot slot = new Slot();
        reserve(slot);
        return slot;
    }

    /** Takes a place that is filled once. */
    void reserve(Slot slot) {
        slots.addLast(slot);
    }

    /** The reply of a reserved place; it leaves with all that waited for it alone. */
    void fill(Slot slot, PoolMessage reply) {
        slot.reply = reply;
        for (Slot head = slots.peekFirst(); head != null && head.reply != null; head = slots.peekFirst()) {
            PoolMessage due = head.reply;
            slots.removeFirst();
            out.accept(due);
        }
    }

    int pending() {
        return slots.size();
    }
}
