package org.motepool.dashboards.preference;

import java.util.Optional;
import org.motepool.core.address.PayoutAddress;
import org.motepool.core.preference.PreferenceException;
import org.motepool.core.preference.PreferenceField;
import org.motepool.core.preference.PreferenceValue;
import org.motepool.core.preference.SignedText;
import org.motepool.core.time.PoolClock;
import org.motepool.dashboards.http.CallerLimit;
import org.motepool.dashboards.preference.RequestState.State;
import org.motepool.dashboards.view.SettingsView;
import org.motepool.store.Requests;
import org.motepool.store.Requests.Outcome;
import org.motepool.store.Requests.Request;
import org.motepool.store.Store;
import org.motepool.store.StoreException;

/**
 * Writes texts to sign and takes signed ones. What cannot be right is refused here at once, so that its owner need not wait
 * for it; whether the rest is right payout alone decides, signature and all. Thread-safe; calls block.
 */
public final class PreferenceCounter {
    /** What one place may leave at once, and how fast it may go on; an owner leaves a handful in a year. */
    private static final int LEFT_BURST = 30;

    private static final double LEFT_PER_SECOND = 0.5;

    private static final long MILLIS = 1_000;

    private final Store store;
    private final PoolClock clock;
    private final CallerLimit limit;

    /** Does not close {@code store}. */
    public PreferenceCounter(Store store, PoolClock clock) {
        this.store = store;
        this.clock = clock;
        this.limit = new CallerLimit(clock, LEFT_BURST, LEFT_PER_SECOND);
    }

    /**
     * The text to sign for a wish.
     *
     * @param field its name
     * @param typed the value as a person wrote it
     */
    public SignedText text(SettingsView view, String field, String typed) throws RefusedException {
        String ledger = requireLedger(view);
        PreferenceField wanted = PreferenceField.ofId(field)
                .orElseThrow(() -> new RefusedException(400, "there is no preference of that name"));
        try {
            return new SignedText(
                    ledger,
                    view.network(),
                    view.address().canonical(),
                    wanted,
                    PreferenceValue.canonical(wanted, typed),
                    SignedText.nonceAfter(view.lastNonce(), clock.epochMillis()),
                    SignedText.untilFrom(clock.epochMillis()));
        } catch (PreferenceException e) {
            throw refused(e);
        }
    }

    /**
     * Leaves a signed text for payout. One that was left before is not left again.
     *
     * @param caller the place that it comes from
     * @return id of the request
     */
    public String leave(SettingsView view, String caller, String text, String signature)
            throws RefusedException, StoreException {
        if (!limit.allows(caller, "")) {
            throw new RefusedException(429, "too many requests from one place; try again in a minute");
        }
        String signed = text.strip();
        String given = signature.strip();
        requireFitting(signed, given);
        PayoutAddress address = view.address();
        Request request = new Request(address.accountId(), address.canonical(), signed, given, clock.epochMillis());
        // Before the nonce is looked at: who sends a form twice learns what became of it.
        if (store.requests().outcome(request.id()).isPresent()) {
            return request.id();
        }
        requireTimely(view, signed);
        switch (store.requests().append(request)) {
            case TAKEN -> {}
            case ACCOUNT_FULL ->
                throw new RefusedException(
                        429,
                        Requests.WAITING_OF_ACCOUNT_MAX
                                + " requests for this address wait already; try again when they are decided");
            case FULL -> throw new RefusedException(503, "too many requests wait; try again in a few minutes");
        }
        return request.id();
    }

    /** Empty for an id that nobody knows any more. */
    public Optional<RequestState> state(String id) throws StoreException {
        if (!id.matches("[0-9a-f]{" + Requests.ID_CHARACTERS + "}")) {
            return Optional.empty();
        }
        // In this order: what is settled meanwhile is found in the second look.
        boolean waits = store.requests().isWaiting(id);
        Optional<Outcome> outcome = store.requests().outcome(id);
        if (outcome.isPresent()) {
            Outcome known = outcome.get();
            return Optional.of(new RequestState(
                    id, known.accepted() ? State.ACCEPTED : State.REFUSED, known.reason(), known.at()));
        }
        return waits ? Optional.of(new RequestState(id, State.WAITING, "", 0)) : Optional.empty();
    }

    private static void requireFitting(String text, String signature) throws RefusedException {
        if (text.isEmpty() || text.length() > Requests.TEXT_CHARACTERS_MAX) {
            throw new RefusedException(
                    400, "a text has 1 to " + Requests.TEXT_CHARACTERS_MAX + " characters; copy it in one piece");
        }
        if (!signature.matches("[A-Za-z0-9+/=]{1," + Requests.SIGNATURE_CHARACTERS_MAX + "}")) {
            throw new RefusedException(
                    400, "a signature is one word of 88 letters or so, as A to Z, a to z, 0 to 9, + and /");
        }
    }

    private void requireTimely(SettingsView view, String text) throws RefusedException {
        SignedText parsed;
        try {
            parsed = SignedText.parse(text);
        } catch (PreferenceException e) {
            throw refused(e);
        }
        if (!parsed.ledger().equals(requireLedger(view)) || parsed.network() != view.network()) {
            throw new RefusedException(400, "this text is for another pool");
        }
        if (!parsed.address().equals(view.address().canonical())) {
            throw new RefusedException(400, "this text is for another address: " + parsed.address());
        }
        long left = parsed.untilSeconds() - Math.floorDiv(clock.epochMillis(), MILLIS);
        if (left <= 0) {
            throw new RefusedException(400, "this text's time is over; let the pool write it anew");
        }
        if (left > SignedText.LIFE_MAX.toSeconds()) {
            throw new RefusedException(400, "this text would hold for too long; let the pool write it anew");
        }
        if (parsed.nonce() <= view.lastNonce()) {
            throw new RefusedException(
                    409, "a text of this nonce, or a later one, was used already; let the pool write it anew");
        }
    }

    private static String requireLedger(SettingsView view) throws RefusedException {
        if (!view.canSign()) {
            throw new RefusedException(
                    400,
                    "an address of the kind " + view.address().type()
                            + " cannot sign in a form that the pool can check, so nothing can be decided for it");
        }
        return view.ledger()
                .orElseThrow(() -> new RefusedException(503, "the pool has not opened its books yet; try again soon"));
    }

    private static RefusedException refused(PreferenceException e) {
        return new RefusedException(400, String.valueOf(e.getMessage()));
    }
}
