package org.motepool.payout.accountant;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.motepool.payout.books.Books;
import org.motepool.payout.books.PayoutBook.OpenPayout;
import org.motepool.payout.journal.JournalException;
import org.motepool.payout.journal.JournalRecord;
import org.motepool.payout.journal.JournalRecord.PayoutMoved;
import org.motepool.payout.payer.PaymentBooks;

/** Brings what payers ask and journal to the accountant's thread. Thread-safe; {@link #serve} is the accountant's. */
final class PaymentDesk implements PaymentBooks {
    /** There are two payers at most, each with one question at a time. */
    private static final int WAITING_MAX = 16;
    /** Who was answered asks again soon: a payment is some ten questions, and each turn of the accountant takes its time. */
    private static final long NEXT_MILLIS = 20;

    private static final int SERVED_MAX = 50;
    /** Between two looks whether the accountant is still there. */
    private static final long LOOK_MILLIS = 100;

    private final Books books;
    private final Recorder recorder;
    private final Supplier<String> halted;
    private final Supplier<String> hold;
    private final BiConsumer<JournalRecord, Optional<OpenPayout>> journaled;
    private final BlockingQueue<Task> tasks = new ArrayBlockingQueue<>(WAITING_MAX);
    private volatile String closed = "";

    /**
     * @param halted empty, or why the books are not changed any more; asked on the accountant's thread
     * @param hold empty, or why no money may leave; asked from any thread
     * @param journaled hears of each record, and of the payment that it moved as it was before
     */
    PaymentDesk(
            Books books,
            Recorder recorder,
            Supplier<String> halted,
            Supplier<String> hold,
            BiConsumer<JournalRecord, Optional<OpenPayout>> journaled) {
        this.journaled = journaled;
        this.halted = halted;
        this.books = books;
        this.recorder = recorder;
        this.hold = hold;
    }

    /** Does what waits; tells whether anything was journaled. */
    boolean serve() throws JournalException {
        boolean journaled = false;
        int served = 0;
        for (Task task = tasks.poll(); task != null; task = next(++served)) {
            journaled |= task.run();
        }
        return journaled;
    }

    private @Nullable Task next(int served) {
        try {
            return served < SERVED_MAX ? tasks.poll(NEXT_MILLIS, TimeUnit.MILLISECONDS) : null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    /** Nothing is answered any more. */
    void close(String reason) {
        closed = reason;
        for (Task task = tasks.poll(); task != null; task = tasks.poll()) {
            task.fail(new JournalException(reason));
        }
    }

    @Override
    public String hold() {
        return hold.get();
    }

    @Override
    public <T> T ask(Function<Books, T> question) throws JournalException {
        Question<T> task = new Question<>(question);
        return await(task, task.answer);
    }

    @Override
    public void record(JournalRecord record) throws JournalException {
        Entry task = new Entry(record);
        await(task, task.done);
    }

    private <T> T await(Task task, CompletableFuture<T> answer) throws JournalException {
        try {
            while (!tasks.offer(task, LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                requireOpen();
            }
            while (true) {
                try {
                    return answer.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    requireOpen();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JournalException("interrupted while the accountant was asked", e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case JournalException journal -> throw journal;
                case RuntimeException refused -> throw refused;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    private void requireOpen() throws JournalException {
        if (!closed.isEmpty()) {
            throw new JournalException(closed);
        }
    }

    /** Something for the accountant's thread. */
    private interface Task {
        /** Tells whether it was journaled. */
        boolean run() throws JournalException;

        void fail(JournalException why);
    }

    private final class Question<T> implements Task {
        private final Function<Books, T> question;
        private final CompletableFuture<T> answer = new CompletableFuture<>();

        Question(Function<Books, T> question) {
            this.question = question;
        }

        @Override
        public boolean run() {
            try {
                answer.complete(question.apply(books));
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
            return false;
        }

        @Override
        public void fail(JournalException why) {
            answer.completeExceptionally(why);
        }
    }

    private final class Entry implements Task {
        private final JournalRecord record;
        private final CompletableFuture<Void> done = new CompletableFuture<>();

        Entry(JournalRecord record) {
            this.record = record;
        }

        @Override
        public boolean run() throws JournalException {
            if (!halted.get().isEmpty()) {
                done.completeExceptionally(new IllegalStateException(halted.get()));
                return false;
            }
            try {
                books.check(record);
            } catch (IllegalStateException | ArithmeticException e) {
                done.completeExceptionally(new IllegalStateException("the books refuse it: " + e.getMessage(), e));
                return false;
            }
            Optional<OpenPayout> before =
                    record instanceof PayoutMoved moved ? books.payouts().find(moved.number()) : Optional.empty();
            try {
                recorder.record(List.of(record));
            } catch (JournalException e) {
                done.completeExceptionally(e);
                throw e;
            }
            journaled.accept(record, before);
            done.complete(null);
            return true;
        }

        @Override
        public void fail(JournalException why) {
            done.completeExceptionally(why);
        }
    }
}
