package org.motepool.dashboards.wasm;

/** How many hashes a module computes side by side, and the instructions on 32-bit words that this takes. */
public enum Lanes {
    /** One: what every WebAssembly can. */
    ONE(1, 0x7f) {
        @Override
        void add(WasmBytes code) {
            code.put(0x6a);
        }

        @Override
        void and(WasmBytes code) {
            code.put(0x71);
        }

        @Override
        void xor(WasmBytes code) {
            code.put(0x73);
        }

        @Override
        void shiftRight(WasmBytes code, int local, int bits) {
            get(code, local);
            constant(code, bits);
            code.put(0x76);
        }

        @Override
        void rotateRight(WasmBytes code, int local, int bits) {
            get(code, local);
            constant(code, bits);
            code.put(0x78);
        }

        @Override
        void spread(WasmBytes code) {}

        @Override
        void load(WasmBytes code, int offset) {
            code.put(0x28, 2).size(offset);
        }

        @Override
        void laneNumbers(WasmBytes code) {
            constant(code, 0);
        }

        @Override
        void swapBytes(WasmBytes code, int local) {
            rotateRight(code, local, 24);
            constant(code, 0x00ff00ff);
            and(code);
            rotateRight(code, local, 8);
            constant(code, 0xff00ff00);
            and(code);
            xor(code);
        }

        @Override
        void anyNotAbove(WasmBytes code) {
            code.put(0x4d);
        }
    },
    /** Four, by fixed-width SIMD; it has no rotation, so that is two shifts. */
    FOUR(4, 0x7b) {
        @Override
        void add(WasmBytes code) {
            simd(code, 0xae);
        }

        @Override
        void and(WasmBytes code) {
            simd(code, 0x4e);
        }

        @Override
        void xor(WasmBytes code) {
            simd(code, 0x51);
        }

        @Override
        void shiftRight(WasmBytes code, int local, int bits) {
            get(code, local);
            constant(code, bits);
            simd(code, 0xad);
        }

        @Override
        void rotateRight(WasmBytes code, int local, int bits) {
            shiftRight(code, local, bits);
            get(code, local);
            constant(code, 32 - bits);
            simd(code, 0xab);
            xor(code);
        }

        @Override
        void spread(WasmBytes code) {
            simd(code, 0x11);
        }

        @Override
        void load(WasmBytes code, int offset) {
            simd(code, 0x09);
            code.put(2).size(offset);
        }

        @Override
        void laneNumbers(WasmBytes code) {
            simd(code, 0x0c);
            for (int lane = 0; lane < 4; lane++) {
                code.word(lane);
            }
        }

        @Override
        void swapBytes(WasmBytes code, int local) {
            get(code, local);
            get(code, local);
            simd(code, 0x0d);
            for (int i = 0; i < 16; i++) {
                code.put(i ^ 3);
            }
        }

        @Override
        void anyNotAbove(WasmBytes code) {
            simd(code, 0x3e);
            simd(code, 0x53);
        }
    };

    private final int count;
    private final int type;

    Lanes(int count, int type) {
        this.count = count;
        this.type = type;
    }

    public int count() {
        return count;
    }

    /** The value type's byte. */
    int type() {
        return type;
    }

    /** Two words from the stack, their sum to it; so the other operations. */
    abstract void add(WasmBytes code);

    abstract void and(WasmBytes code);

    abstract void xor(WasmBytes code);

    abstract void shiftRight(WasmBytes code, int local, int bits);

    abstract void rotateRight(WasmBytes code, int local, int bits);

    /** The word on the stack, now in every lane. */
    abstract void spread(WasmBytes code);

    /** The word in memory at the address on the stack and an offset, in every lane. */
    abstract void load(WasmBytes code, int offset);

    /** 0, 1, 2 … by lane. */
    abstract void laneNumbers(WasmBytes code);

    abstract void swapBytes(WasmBytes code, int local);

    /** 1 where in any lane the lower word on the stack is not above the upper one, unsigned; else 0. */
    abstract void anyNotAbove(WasmBytes code);

    static void get(WasmBytes code, int local) {
        code.put(0x20).size(local);
    }

    static void set(WasmBytes code, int local) {
        code.put(0x21).size(local);
    }

    static void tee(WasmBytes code, int local) {
        code.put(0x22).size(local);
    }

    static void constant(WasmBytes code, int value) {
        code.put(0x41).signed(value);
    }

    private static void simd(WasmBytes code, int operation) {
        code.put(0xfd).size(operation);
    }
}
