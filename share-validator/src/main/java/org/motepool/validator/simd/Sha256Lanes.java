package org.motepool.validator.simd;

import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.ROR;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * SHA-256's compression (FIPS 180-4) for as many messages at once as a vector has lanes. A row is one word of each message,
 * lane by lane; offsets are those of a row's first int in {@code x}. States and message words are numbers alike, so a state
 * can be written where the next hash reads its message.
 *
 * <p>Written for the just-in-time compiler: four rounds a loop body, no helpers, no method above 1.75 KB of bytecode
 * (larger ones sometimes stay at the first compiler's speed for ever), exactly one species in the process. What is ready
 * last is added last.
 */
final class Sha256Lanes {
    /** The only species of the process: with a second one, whichever warms up later stays slow. */
    static final VectorSpecies<Integer> SPECIES =
            IntVector.SPECIES_PREFERRED.vectorBitSize() >= 512 ? IntVector.SPECIES_512 : IntVector.SPECIES_256;

    static final int LANES = SPECIES.length();

    /** So many first rows of {@code x} hold the working variables between the two halves. */
    static final int WORK_ROWS = 8;

    private static final int[] K = Sha256Words.roundConstants();

    private Sha256Lanes() {}

    /** Compresses the 16 rows at {@code message}; the 48 behind them are overwritten. The output may be the state. */
    static void full(int[] x, int state, int message, int out) {
        head(x, state, message);
        tail(x, state, message, out);
    }

    /** Rounds 0 to 15: leaves the working variables in the work rows. */
    private static void head(int[] x, int state, int message) {
        IntVector a = IntVector.fromArray(SPECIES, x, state);
        IntVector b = IntVector.fromArray(SPECIES, x, state + LANES);
        IntVector c = IntVector.fromArray(SPECIES, x, state + 2 * LANES);
        IntVector d = IntVector.fromArray(SPECIES, x, state + 3 * LANES);
        IntVector e = IntVector.fromArray(SPECIES, x, state + 4 * LANES);
        IntVector f = IntVector.fromArray(SPECIES, x, state + 5 * LANES);
        IntVector g = IntVector.fromArray(SPECIES, x, state + 6 * LANES);
        IntVector h = IntVector.fromArray(SPECIES, x, state + 7 * LANES);
        IntVector t;
        for (int i = 0, w = message; i < 16; i += 4, w += 4 * LANES) {
            t = h.add(IntVector.fromArray(SPECIES, x, w).add(IntVector.broadcast(SPECIES, K[i])))
                    .add(g.lanewise(XOR, e.and(f.lanewise(XOR, g))))
                    .add(e.lanewise(ROR, 6).lanewise(XOR, e.lanewise(ROR, 11)).lanewise(XOR, e.lanewise(ROR, 25)));
            h = a.lanewise(ROR, 2)
                    .lanewise(XOR, a.lanewise(ROR, 13))
                    .lanewise(XOR, a.lanewise(ROR, 22))
                    .add(a.and(b).or(c.and(a.or(b))))
                    .add(t);
            d = d.add(t);

            t = g.add(IntVector.fromArray(SPECIES, x, w + LANES).add(IntVector.broadcast(SPECIES, K[i + 1])))
                    .add(f.lanewise(XOR, d.and(e.lanewise(XOR, f))))
                    .add(d.lanewise(ROR, 6).lanewise(XOR, d.lanewise(ROR, 11)).lanewise(XOR, d.lanewise(ROR, 25)));
            g = h.lanewise(ROR, 2)
                    .lanewise(XOR, h.lanewise(ROR, 13))
                    .lanewise(XOR, h.lanewise(ROR, 22))
                    .add(h.and(a).or(b.and(h.or(a))))
                    .add(t);
            c = c.add(t);

            t = f.add(IntVector.fromArray(SPECIES, x, w + 2 * LANES).add(IntVector.broadcast(SPECIES, K[i + 2])))
                    .add(e.lanewise(XOR, c.and(d.lanewise(XOR, e))))
                    .add(c.lanewise(ROR, 6).lanewise(XOR, c.lanewise(ROR, 11)).lanewise(XOR, c.lanewise(ROR, 25)));
            f = g.lanewise(ROR, 2)
                    .lanewise(XOR, g.lanewise(ROR, 13))
                    .lanewise(XOR, g.lanewise(ROR, 22))
                    .add(g.and(h).or(a.and(g.or(h))))
                    .add(t);
            b = b.add(t);

            t = e.add(IntVector.fromArray(SPECIES, x, w + 3 * LANES).add(IntVector.broadcast(SPECIES, K[i + 3])))
                    .add(d.lanewise(XOR, b.and(c.lanewise(XOR, d))))
                    .add(b.lanewise(ROR, 6).lanewise(XOR, b.lanewise(ROR, 11)).lanewise(XOR, b.lanewise(ROR, 25)));
            e = f.lanewise(ROR, 2)
                    .lanewise(XOR, f.lanewise(ROR, 13))
                    .lanewise(XOR, f.lanewise(ROR, 22))
                    .add(f.and(g).or(h.and(f.or(g))))
                    .add(t);
            a = a.add(t);
            t = a;
            a = e;
            e = t;
            t = b;
            b = f;
            f = t;
            t = c;
            c = g;
            g = t;
            t = d;
            d = h;
            h = t;
        }
        a.intoArray(x, 0);
        b.intoArray(x, LANES);
        c.intoArray(x, 2 * LANES);
        d.intoArray(x, 3 * LANES);
        e.intoArray(x, 4 * LANES);
        f.intoArray(x, 5 * LANES);
        g.intoArray(x, 6 * LANES);
        h.intoArray(x, 7 * LANES);
    }

    /** Rounds 16 to 63 with the message schedule; then adds the state. */
    private static void tail(int[] x, int state, int message, int out) {
        IntVector a = IntVector.fromArray(SPECIES, x, 0);
        IntVector b = IntVector.fromArray(SPECIES, x, LANES);
        IntVector c = IntVector.fromArray(SPECIES, x, 2 * LANES);
        IntVector d = IntVector.fromArray(SPECIES, x, 3 * LANES);
        IntVector e = IntVector.fromArray(SPECIES, x, 4 * LANES);
        IntVector f = IntVector.fromArray(SPECIES, x, 5 * LANES);
        IntVector g = IntVector.fromArray(SPECIES, x, 6 * LANES);
        IntVector h = IntVector.fromArray(SPECIES, x, 7 * LANES);
        IntVector t;
        IntVector s;
        int middle = 8 * LANES;
        int next = 15 * LANES;
        for (int i = 16, w = message; i < 64; i += 4) {
            IntVector w0 = IntVector.fromArray(SPECIES, x, w);
            w += LANES;
            s = IntVector.fromArray(SPECIES, x, w);
            w0 = w0.add(IntVector.fromArray(SPECIES, x, w + middle))
                    .add(s.lanewise(ROR, 7).lanewise(XOR, s.lanewise(ROR, 18)).lanewise(XOR, s.lanewise(LSHR, 3)));
            s = IntVector.fromArray(SPECIES, x, w + 13 * LANES);
            w0 = w0.add(s.lanewise(ROR, 17).lanewise(XOR, s.lanewise(ROR, 19)).lanewise(XOR, s.lanewise(LSHR, 10)));
            w0.intoArray(x, w + next);
            t = h.add(w0.add(IntVector.broadcast(SPECIES, K[i])))
                    .add(g.lanewise(XOR, e.and(f.lanewise(XOR, g))))
                    .add(e.lanewise(ROR, 6).lanewise(XOR, e.lanewise(ROR, 11)).lanewise(XOR, e.lanewise(ROR, 25)));
            h = a.lanewise(ROR, 2)
                    .lanewise(XOR, a.lanewise(ROR, 13))
                    .lanewise(XOR, a.lanewise(ROR, 22))
                    .add(a.and(b).or(c.and(a.or(b))))
                    .add(t);
            d = d.add(t);

            IntVector w1 = IntVector.fromArray(SPECIES, x, w);
            w += LANES;
            s = IntVector.fromArray(SPECIES, x, w);
            w1 = w1.add(IntVector.fromArray(SPECIES, x, w + middle))
                    .add(s.lanewise(ROR, 7).lanewise(XOR, s.lanewise(ROR, 18)).lanewise(XOR, s.lanewise(LSHR, 3)));
            s = IntVector.fromArray(SPECIES, x, w + 13 * LANES);
            w1 = w1.add(s.lanewise(ROR, 17).lanewise(XOR, s.lanewise(ROR, 19)).lanewise(XOR, s.lanewise(LSHR, 10)));
            w1.intoArray(x, w + next);
            t = g.add(w1.add(IntVector.broadcast(SPECIES, K[i + 1])))
                    .add(f.lanewise(XOR, d.and(e.lanewise(XOR, f))))
                    .add(d.lanewise(ROR, 6).lanewise(XOR, d.lanewise(ROR, 11)).lanewise(XOR, d.lanewise(ROR, 25)));
            g = h.lanewise(ROR, 2)
                    .lanewise(XOR, h.lanewise(ROR, 13))
                    .lanewise(XOR, h.lanewise(ROR, 22))
                    .add(h.and(a).or(b.and(h.or(a))))
                    .add(t);
            c = c.add(t);

            IntVector w2 = IntVector.fromArray(SPECIES, x, w);
            w += LANES;
            s = IntVector.fromArray(SPECIES, x, w);
            w2 = w2.add(IntVector.fromArray(SPECIES, x, w + middle))
                    .add(s.lanewise(ROR, 7).lanewise(XOR, s.lanewise(ROR, 18)).lanewise(XOR, s.lanewise(LSHR, 3)));
            w2 = w2.add(w0.lanewise(ROR, 17).lanewise(XOR, w0.lanewise(ROR, 19)).lanewise(XOR, w0.lanewise(LSHR, 10)));
            w2.intoArray(x, w + next);
            t = f.add(w2.add(IntVector.broadcast(SPECIES, K[i + 2])))
                    .add(e.lanewise(XOR, c.and(d.lanewise(XOR, e))))
                    .add(c.lanewise(ROR, 6).lanewise(XOR, c.lanewise(ROR, 11)).lanewise(XOR, c.lanewise(ROR, 25)));
            f = g.lanewise(ROR, 2)
                    .lanewise(XOR, g.lanewise(ROR, 13))
                    .lanewise(XOR, g.lanewise(ROR, 22))
                    .add(g.and(h).or(a.and(g.or(h))))
                    .add(t);
            b = b.add(t);

            IntVector w3 = IntVector.fromArray(SPECIES, x, w);
            w += LANES;
            s = IntVector.fromArray(SPECIES, x, w);
            w3 = w3.add(IntVector.fromArray(SPECIES, x, w + middle))
                    .add(s.lanewise(ROR, 7).lanewise(XOR, s.lanewise(ROR, 18)).lanewise(XOR, s.lanewise(LSHR, 3)));
            w3 = w3.add(w1.lanewise(ROR, 17).lanewise(XOR, w1.lanewise(ROR, 19)).lanewise(XOR, w1.lanewise(LSHR, 10)));
            w3.intoArray(x, w + next);
            t = e.add(w3.add(IntVector.broadcast(SPECIES, K[i + 3])))
                    .add(d.lanewise(XOR, b.and(c.lanewise(XOR, d))))
                    .add(b.lanewise(ROR, 6).lanewise(XOR, b.lanewise(ROR, 11)).lanewise(XOR, b.lanewise(ROR, 25)));
            e = f.lanewise(ROR, 2)
                    .lanewise(XOR, f.lanewise(ROR, 13))
                    .lanewise(XOR, f.lanewise(ROR, 22))
                    .add(f.and(g).or(h.and(f.or(g))))
                    .add(t);
            a = a.add(t);
            t = a;
            a = e;
            e = t;
            t = b;
            b = f;
            f = t;
            t = c;
            c = g;
            g = t;
            t = d;
            d = h;
            h = t;
        }
        a.add(IntVector.fromArray(SPECIES, x, state)).intoArray(x, out);
        b.add(IntVector.fromArray(SPECIES, x, state + LANES)).intoArray(x, out + LANES);
        c.add(IntVector.fromArray(SPECIES, x, state + 2 * LANES)).intoArray(x, out + 2 * LANES);
        d.add(IntVector.fromArray(SPECIES, x, state + 3 * LANES)).intoArray(x, out + 3 * LANES);
        e.add(IntVector.fromArray(SPECIES, x, state + 4 * LANES)).intoArray(x, out + 4 * LANES);
        f.add(IntVector.fromArray(SPECIES, x, state + 5 * LANES)).intoArray(x, out + 5 * LANES);
        g.add(IntVector.fromArray(SPECIES, x, state + 6 * LANES)).intoArray(x, out + 6 * LANES);
        h.add(IntVector.fromArray(SPECIES, x, state + 7 * LANES)).intoArray(x, out + 7 * LANES);
    }

    /** Compresses a block that is the same in all lanes; {@code kw} has each round's constant and word, added up. */
    static void constant(int[] x, int state, int out, int[] kw) {
        IntVector a = IntVector.fromArray(SPECIES, x, state);
        IntVector b = IntVector.fromArray(SPECIES, x, state + LANES);
        IntVector c = IntVector.fromArray(SPECIES, x, state + 2 * LANES);
        IntVector d = IntVector.fromArray(SPECIES, x, state + 3 * LANES);
        IntVector e = IntVector.fromArray(SPECIES, x, state + 4 * LANES);
        IntVector f = IntVector.fromArray(SPECIES, x, state + 5 * LANES);
        IntVector g = IntVector.fromArray(SPECIES, x, state + 6 * LANES);
        IntVector h = IntVector.fromArray(SPECIES, x, state + 7 * LANES);
        IntVector t;
        for (int i = 0; i < 64; i += 4) {
            t = h.add(IntVector.broadcast(SPECIES, kw[i]))
                    .add(g.lanewise(XOR, e.and(f.lanewise(XOR, g))))
                    .add(e.lanewise(ROR, 6).lanewise(XOR, e.lanewise(ROR, 11)).lanewise(XOR, e.lanewise(ROR, 25)));
            h = a.lanewise(ROR, 2)
                    .lanewise(XOR, a.lanewise(ROR, 13))
                    .lanewise(XOR, a.lanewise(ROR, 22))
                    .add(a.and(b).or(c.and(a.or(b))))
                    .add(t);
            d = d.add(t);

            t = g.add(IntVector.broadcast(SPECIES, kw[i + 1]))
                    .add(f.lanewise(XOR, d.and(e.lanewise(XOR, f))))
                    .add(d.lanewise(ROR, 6).lanewise(XOR, d.lanewise(ROR, 11)).lanewise(XOR, d.lanewise(ROR, 25)));
            g = h.lanewise(ROR, 2)
                    .lanewise(XOR, h.lanewise(ROR, 13))
                    .lanewise(XOR, h.lanewise(ROR, 22))
                    .add(h.and(a).or(b.and(h.or(a))))
                    .add(t);
            c = c.add(t);

            t = f.add(IntVector.broadcast(SPECIES, kw[i + 2]))
                    .add(e.lanewise(XOR, c.and(d.lanewise(XOR, e))))
                    .add(c.lanewise(ROR, 6).lanewise(XOR, c.lanewise(ROR, 11)).lanewise(XOR, c.lanewise(ROR, 25)));
            f = g.lanewise(ROR, 2)
                    .lanewise(XOR, g.lanewise(ROR, 13))
                    .lanewise(XOR, g.lanewise(ROR, 22))
                    .add(g.and(h).or(a.and(g.or(h))))
                    .add(t);
            b = b.add(t);

            t = e.add(IntVector.broadcast(SPECIES, kw[i + 3]))
                    .add(d.lanewise(XOR, b.and(c.lanewise(XOR, d))))
                    .add(b.lanewise(ROR, 6).lanewise(XOR, b.lanewise(ROR, 11)).lanewise(XOR, b.lanewise(ROR, 25)));
            e = f.lanewise(ROR, 2)
                    .lanewise(XOR, f.lanewise(ROR, 13))
                    .lanewise(XOR, f.lanewise(ROR, 22))
                    .add(f.and(g).or(h.and(f.or(g))))
                    .add(t);
            a = a.add(t);
            t = a;
            a = e;
            e = t;
            t = b;
            b = f;
            f = t;
            t = c;
            c = g;
            g = t;
            t = d;
            d = h;
            h = t;
        }
        a.add(IntVector.fromArray(SPECIES, x, state)).intoArray(x, out);
        b.add(IntVector.fromArray(SPECIES, x, state + LANES)).intoArray(x, out + LANES);
        c.add(IntVector.fromArray(SPECIES, x, state + 2 * LANES)).intoArray(x, out + 2 * LANES);
        d.add(IntVector.fromArray(SPECIES, x, state + 3 * LANES)).intoArray(x, out + 3 * LANES);
        e.add(IntVector.fromArray(SPECIES, x, state + 4 * LANES)).intoArray(x, out + 4 * LANES);
        f.add(IntVector.fromArray(SPECIES, x, state + 5 * LANES)).intoArray(x, out + 5 * LANES);
        g.add(IntVector.fromArray(SPECIES, x, state + 6 * LANES)).intoArray(x, out + 6 * LANES);
        h.add(IntVector.fromArray(SPECIES, x, state + 7 * LANES)).intoArray(x, out + 7 * LANES);
    }
}
