package org.motepool.dashboards.wasm;

/**
 * The 64 rounds of SHA-256 as instructions: four times a body of sixteen rounds, after which every variable is in its own
 * place again, and between them sixteen steps of the message schedule.
 *
 * @see "FIPS 180-4, section 6.2"
 */
final class Rounds {
    static final int STATE_WORDS = 8;
    static final int MESSAGE_WORDS = 16;
    private static final int LAST_BODY_AT = 192;
    private static final int BODY_BYTES = 64;

    private final Lanes lanes;
    private final WasmBytes code;
    private final int state;
    private final int message;
    private final int sum;
    private final int differs;
    private final int differed;
    private final int at;

    /**
     * @param state first of eight locals, and {@code message} of sixteen
     * @param spare first of three more locals of lanes
     * @param at local of the address of the constants of these rounds; those of round 0 are at address 0
     */
    Rounds(Lanes lanes, WasmBytes code, int state, int message, int spare, int at) {
        this.lanes = lanes;
        this.code = code;
        this.state = state;
        this.message = message;
        this.sum = spare;
        this.differs = spare + 1;
        this.differed = spare + 2;
        this.at = at;
    }

    /** All rounds over the message; the state's old words are not added. */
    void write() {
        Lanes.constant(code, 0);
        Lanes.set(code, at);
        Lanes.get(code, state + 1);
        Lanes.get(code, state + 2);
        lanes.xor(code);
        Lanes.set(code, differed);
        code.put(0x03, 0x40); // loop
        for (int round = 0; round < MESSAGE_WORDS; round++) {
            round(round);
        }
        Lanes.get(code, at);
        Lanes.constant(code, LAST_BODY_AT);
        code.put(0x49, 0x04, 0x40); // i32.lt_u, if
        for (int word = 0; word < MESSAGE_WORDS; word++) {
            schedule(word);
        }
        Lanes.get(code, at);
        Lanes.constant(code, BODY_BYTES);
        code.put(0x6a); // i32.add
        Lanes.set(code, at);
        code.put(0x0c, 1); // br, to the loop
        code.put(0x0b, 0x0b);
    }

    /** The variable that has a letter's part in this round: they move on by one place a round. */
    private int variable(char letter, int round) {
        return state + (letter - 'a' + STATE_WORDS * 2 - round) % STATE_WORDS;
    }

    private void round(int round) {
        int a = variable('a', round % STATE_WORDS);
        int b = variable('b', round % STATE_WORDS);
        int d = variable('d', round % STATE_WORDS);
        int e = variable('e', round % STATE_WORDS);
        int f = variable('f', round % STATE_WORDS);
        int g = variable('g', round % STATE_WORDS);
        int h = variable('h', round % STATE_WORDS);

        Lanes.get(code, h);
        three(e, 6, 11, 25);
        lanes.add(code);
        // Of f where e has a 1, of g elsewhere.
        Lanes.get(code, f);
        Lanes.get(code, g);
        lanes.xor(code);
        Lanes.get(code, e);
        lanes.and(code);
        Lanes.get(code, g);
        lanes.xor(code);
        lanes.add(code);
        Lanes.get(code, at);
        lanes.load(code, 4 * round);
        Lanes.get(code, message + round);
        lanes.add(code);
        lanes.add(code);
        Lanes.tee(code, sum);
        Lanes.get(code, d);
        lanes.add(code);
        Lanes.set(code, d);

        Lanes.get(code, sum);
        three(a, 2, 13, 22);
        lanes.add(code);
        // The majority of a, b and c; how b and c differ is known from the round before.
        Lanes.get(code, a);
        Lanes.get(code, b);
        lanes.xor(code);
        Lanes.tee(code, differs);
        Lanes.get(code, differed);
        lanes.and(code);
        Lanes.get(code, b);
        lanes.xor(code);
        lanes.add(code);
        Lanes.set(code, h);
        Lanes.get(code, differs);
        Lanes.set(code, differed);
    }

    private void schedule(int word) {
        int before15 = message + (word + 1) % MESSAGE_WORDS;
        int before2 = message + (word + 14) % MESSAGE_WORDS;
        Lanes.get(code, message + word);
        two(before15, 7, 18, 3);
        lanes.add(code);
        Lanes.get(code, message + (word + 9) % MESSAGE_WORDS);
        two(before2, 17, 19, 10);
        lanes.add(code);
        lanes.add(code);
        Lanes.set(code, message + word);
    }

    private void three(int local, int first, int second, int third) {
        lanes.rotateRight(code, local, first);
        lanes.rotateRight(code, local, second);
        lanes.xor(code);
        lanes.rotateRight(code, local, third);
        lanes.xor(code);
    }

    private void two(int local, int first, int second, int shifted) {
        lanes.rotateRight(code, local, first);
        lanes.rotateRight(code, local, second);
        lanes.xor(code);
        lanes.shiftRight(code, local, shifted);
        lanes.xor(code);
    }
}
