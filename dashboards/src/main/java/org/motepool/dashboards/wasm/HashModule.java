package org.motepool.dashboards.wasm;

import static org.motepool.dashboards.wasm.Rounds.MESSAGE_WORDS;
import static org.motepool.dashboards.wasm.Rounds.STATE_WORDS;

import java.util.List;
import java.util.function.IntConsumer;
import org.motepool.core.bytes.Bytes;

/**
 * A WebAssembly module that searches nonces: SHA-256d of an 80-byte header whose first block is hashed already.
 *
 * <p>It exports its {@code memory} and {@code scan(nonce, count, ceiling)}, all 32-bit, the last unsigned. Before, the caller
 * writes into memory, each word lowest byte first: at {@value #MIDSTATE_AT} the eight words of the state behind the first 64
 * bytes, at {@value #TAIL_AT} the next three words of the header as SHA-256 reads them, highest byte first. {@code count} is a
 * multiple of the lanes. The result is how many nonces were hashed before the group of lanes in which at least one hash, as
 * the number that it is compared by, has its top 32 bits not above {@code ceiling}; {@code count} where there is none.
 */
public final class HashModule {
    static final int INITIAL_AT = 256;
    static final int MIDSTATE_AT = 288;
    static final int TAIL_AT = 320;

    private static final int TAIL_WORDS = 3;
    private static final int HEADER_BITS = 640;
    private static final int HASH_BITS = 256;
    private static final int END_BIT = 0x80000000;

    // Parameters, then locals: three plain ones and those of lanes.
    private static final int NONCE = 0;
    private static final int COUNT = 1;
    private static final int CEILING = 2;
    private static final int DONE = 3;
    private static final int AT = 4;
    private static final int SECOND = 5;
    private static final int PLAIN_LOCALS = 3;
    private static final int STATE = 6;
    private static final int MESSAGE = STATE + STATE_WORDS;
    private static final int SPARE = MESSAGE + MESSAGE_WORDS;
    private static final int TOP = SPARE + 3;
    private static final int LANE_LOCALS = STATE_WORDS + MESSAGE_WORDS + 4;

    private static final int I32 = 0x7f;
    private static final int EMPTY = 0x40;
    private static final int LOOP = 0x03;
    private static final int IF = 0x04;
    private static final int EQUALS_ZERO = 0x45;
    private static final int END = 0x0b;
    private static final int BRANCH = 0x0c;
    private static final int BRANCH_IF = 0x0d;
    private static final int RETURN = 0x0f;
    private static final int LESS_UNSIGNED = 0x49;
    private static final int ADD = 0x6a;

    private final Lanes lanes;
    private final WasmBytes code = new WasmBytes();

    private HashModule(Lanes lanes) {
        this.lanes = lanes;
    }

    /** The module's bytes; the same ones at every call. */
    public static Bytes of(Lanes lanes) {
        return new HashModule(lanes).module();
    }

    private Bytes module() {
        body();
        return new WasmBytes()
                .put(0, 'a', 's', 'm', 1, 0, 0, 0)
                .section(1, new WasmBytes().put(1, 0x60, 3, I32, I32, I32, 1, I32))
                .section(3, new WasmBytes().put(1, 0))
                .section(5, new WasmBytes().put(1, 0, 1))
                .section(
                        7,
                        new WasmBytes()
                                .put(2)
                                .name("memory")
                                .put(2, 0)
                                .name("scan")
                                .put(0, 0))
                .section(10, new WasmBytes().put(1).sized(code))
                .section(11, new WasmBytes().put(1, 0, 0x41, 0, END).sized(constants()))
                .bytes();
    }

    private static WasmBytes constants() {
        WasmBytes data = new WasmBytes();
        Constants.ROUNDS.forEach(data::word);
        Constants.INITIAL.forEach(data::word);
        return data;
    }

    private void body() {
        code.put(2, PLAIN_LOCALS, I32, LANE_LOCALS, lanes.type());
        code.put(LOOP, EMPTY);
        header();
        Lanes.constant(code, 0);
        Lanes.set(code, SECOND);
        code.put(LOOP, EMPTY);
        new Rounds(lanes, code, STATE, MESSAGE, SPARE, AT).write();
        Lanes.get(code, SECOND);
        code.put(EQUALS_ZERO, IF, EMPTY);
        hashOfHash();
        code.put(BRANCH, 1, END, END);
        check();
        // On to the next group, while there is one.
        for (int local : new int[] {DONE, NONCE}) {
            Lanes.get(code, local);
            Lanes.constant(code, lanes.count());
            code.put(ADD);
            Lanes.set(code, local);
        }
        Lanes.get(code, DONE);
        Lanes.get(code, COUNT);
        code.put(LESS_UNSIGNED, BRANCH_IF, 0, END);
        Lanes.get(code, COUNT);
        code.put(END);
    }

    /** The second block of the header, its nonces by lane, and the state that it is to be hashed into. */
    private void header() {
        words(0, TAIL_WORDS, word -> stored(TAIL_AT, word));
        Lanes.get(code, NONCE);
        lanes.spread(code);
        lanes.laneNumbers(code);
        lanes.add(code);
        swappedInto(MESSAGE + TAIL_WORDS);
        padding(TAIL_WORDS + 1, HEADER_BITS);
        for (int word = 0; word < STATE_WORDS; word++) {
            stored(MIDSTATE_AT, word);
            Lanes.set(code, STATE + word);
        }
    }

    /** The state behind the header's last block becomes the message of the second hash. */
    private void hashOfHash() {
        words(0, STATE_WORDS, word -> {
            Lanes.get(code, STATE + word);
            stored(MIDSTATE_AT, word);
            lanes.add(code);
        });
        padding(STATE_WORDS, HASH_BITS);
        for (int word = 0; word < STATE_WORDS; word++) {
            stored(INITIAL_AT, word);
            Lanes.set(code, STATE + word);
        }
        Lanes.constant(code, 1);
        Lanes.set(code, SECOND);
    }

    /** Returns where the last word of a hash, its bytes turned round, is not above the ceiling. */
    private void check() {
        Lanes.get(code, STATE + STATE_WORDS - 1);
        stored(INITIAL_AT, STATE_WORDS - 1);
        lanes.add(code);
        swappedInto(TOP);
        Lanes.get(code, TOP);
        Lanes.get(code, CEILING);
        lanes.spread(code);
        lanes.anyNotAbove(code);
        code.put(IF, EMPTY);
        Lanes.get(code, DONE);
        code.put(RETURN, END);
    }

    /** Takes words from the stack and puts them, bytes turned round, into a local. */
    private void swappedInto(int local) {
        Lanes.set(code, local);
        lanes.swapBytes(code, local);
        Lanes.set(code, local);
    }

    /** What follows a message of this length: a 1, zeros, the length. */
    private void padding(int from, int bits) {
        words(from, MESSAGE_WORDS, word -> {
            Lanes.constant(code, word == from ? END_BIT : word == MESSAGE_WORDS - 1 ? bits : 0);
            lanes.spread(code);
        });
    }

    private void words(int from, int to, IntConsumer value) {
        for (int word = from; word < to; word++) {
            value.accept(word);
            Lanes.set(code, MESSAGE + word);
        }
    }

    private void stored(int address, int word) {
        Lanes.constant(code, 0);
        lanes.load(code, address + 4 * word);
    }

    /** FIPS 180-4, sections 4.2.2 and 5.3.3. */
    private static final class Constants {
        static final List<Integer> INITIAL =
                List.of(0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19);
        static final List<Integer> ROUNDS = List.of(
                0x428a2f98,
                0x71374491,
                0xb5c0fbcf,
                0xe9b5dba5,
                0x3956c25b,
                0x59f111f1,
                0x923f82a4,
                0xab1c5ed5,
                0xd807aa98,
                0x12835b01,
                0x243185be,
                0x550c7dc3,
                0x72be5d74,
                0x80deb1fe,
                0x9bdc06a7,
                0xc19bf174,
                0xe49b69c1,
                0xefbe4786,
                0x0fc19dc6,
                0x240ca1cc,
                0x2de92c6f,
                0x4a7484aa,
                0x5cb0a9dc,
                0x76f988da,
                0x983e5152,
                0xa831c66d,
                0xb00327c8,
                0xbf597fc7,
                0xc6e00bf3,
                0xd5a79147,
                0x06ca6351,
                0x14292967,
                0x27b70a85,
                0x2e1b2138,
                0x4d2c6dfc,
                0x53380d13,
                0x650a7354,
                0x766a0abb,
                0x81c2c92e,
                0x92722c85,
                0xa2bfe8a1,
                0xa81a664b,
                0xc24b8b70,
                0xc76c51a3,
                0xd192e819,
                0xd6990624,
                0xf40e3585,
                0x106aa070,
                0x19a4c116,
                0x1e376c08,
                0x2748774c,
                0x34b0bcb5,
                0x391c0cb3,
                0x4ed8aa4a,
                0x5b9cca4f,
                0x682e6ff3,
                0x748f82ee,
                0x78a5636f,
                0x84c87814,
                0x8cc70208,
                0x90befffa,
                0xa4506ceb,
                0xbef9a3f7,
                0xc67178f2);
    }
}
