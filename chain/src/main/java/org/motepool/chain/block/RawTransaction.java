package org.motepool.chain.block;

import java.util.ArrayList;
import java.util.List;
import org.motepool.core.bytes.ByteReader;
import org.motepool.core.bytes.ByteWriter;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.bytes.MalformedBytesException;
import org.motepool.core.hash.Hash256;
import org.motepool.core.hash.Sha256;

/**
 * A transaction, with the witness of each input where it has one. Immutable; says nothing about validity.
 *
 * @param lockTime unsigned 32 bits
 * @param hogEx it is Litecoin's last transaction of a block, which ties the block's MWEB part to its coins (LIP 3)
 */
public record RawTransaction(int version, List<Input> inputs, List<Output> outputs, int lockTime, boolean hogEx) {
    /** Version, two counts, one input, one output, lock time. */
    public static final int BYTES_MIN = 4 + 1 + Input.BYTES_MIN + 1 + Output.BYTES_MIN + 4;

    private static final int WITNESS_FLAG = 1;
    private static final int MWEB_FLAG = 8;
    /** Stands where a transaction outside of blocks has its MWEB part. */
    private static final int NO_MWEB_PART = 0;

    public RawTransaction {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        if (inputs.isEmpty() || outputs.isEmpty()) {
            throw new IllegalArgumentException("a transaction has at least one input and one output");
        }
    }

    /** A transaction as every chain has it. */
    public RawTransaction(int version, List<Input> inputs, List<Output> outputs, int lockTime) {
        this(version, inputs, outputs, lockTime, false);
    }

    /**
     * @param previousIndex unsigned 32 bits; -1 in a coinbase
     * @param sequence unsigned 32 bits
     * @param witness stack items, none where the input has no witness
     */
    public record Input(Hash256 previousId, int previousIndex, Bytes scriptSig, int sequence, List<Bytes> witness) {
        static final int BYTES_MIN = Hash256.BYTES + 4 + 1 + 4;

        public Input {
            witness = List.copyOf(witness);
        }

        private boolean isNull() {
            return previousIndex == -1 && previousId.equals(Hash256.ZERO);
        }

        private Input withWitness(List<Bytes> stack) {
            return new Input(previousId, previousIndex, scriptSig, sequence, stack);
        }
    }

    /** @param value in satoshis, as it stands there: may be absurd */
    public record Output(long value, Bytes script) {
        static final int BYTES_MIN = 8 + 1;
    }

    /** Parses one whole transaction, with witness (BIP 144) or without, and nothing behind it. */
    public static RawTransaction parse(Bytes bytes) throws MalformedBytesException {
        ByteReader in = new ByteReader(bytes);
        RawTransaction transaction = parse(in);
        in.end();
        return transaction;
    }

    /** Parses the next transaction, with witness (BIP 144) or without. */
    public static RawTransaction parse(ByteReader in) throws MalformedBytesException {
        int from = in.position();
        int version = in.i32();
        int inputCount = StrictReader.count(in, 1);
        int flags = 0;
        if (inputCount == 0) {
            flags = in.u8();
            if (flags != WITNESS_FLAG && flags != MWEB_FLAG) {
                throw new MalformedBytesException("transaction at " + from + " has no inputs, or flag " + flags);
            }
            inputCount = StrictReader.count(in, Input.BYTES_MIN);
        }
        List<Input> inputs = inputs(in, inputCount);
        List<Output> outputs = outputs(in);
        if (inputs.isEmpty() || outputs.isEmpty()) {
            throw new MalformedBytesException("transaction at " + from + " has no inputs or no outputs");
        }
        if (flags == WITNESS_FLAG) {
            inputs = witnesses(in, inputs);
        }
        if (flags == MWEB_FLAG && in.u8() != NO_MWEB_PART) {
            throw new MalformedBytesException("transaction at " + from + " has an MWEB part, as none in a block has");
        }
        return new RawTransaction(version, inputs, outputs, in.i32(), flags == MWEB_FLAG);
    }

    private static List<Input> inputs(ByteReader in, int count) throws MalformedBytesException {
        if (count > in.remaining() / Input.BYTES_MIN) {
            throw new MalformedBytesException(count + " inputs at " + in.position() + " exceed what is left");
        }
        List<Input> inputs = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Hash256 id = Hash256.ofInternal(in.bytes(Hash256.BYTES));
            inputs.add(new Input(id, in.i32(), StrictReader.sized(in), in.i32(), List.of()));
        }
        return inputs;
    }

    private static List<Output> outputs(ByteReader in) throws MalformedBytesException {
        int count = StrictReader.count(in, Output.BYTES_MIN);
        List<Output> outputs = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            outputs.add(new Output(in.i64(), StrictReader.sized(in)));
        }
        return outputs;
    }

    private static List<Input> witnesses(ByteReader in, List<Input> bare) throws MalformedBytesException {
        int from = in.position();
        List<Input> inputs = new ArrayList<>(bare.size());
        boolean any = false;
        for (Input input : bare) {
            int count = StrictReader.count(in, 1);
            List<Bytes> stack = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                stack.add(StrictReader.sized(in));
            }
            any |= count > 0;
            inputs.add(input.withWitness(stack));
        }
        if (!any) {
            throw new MalformedBytesException("witness at " + from + " is announced but empty");
        }
        return inputs;
    }

    /** Its only input spends nothing: it makes new coins. */
    public boolean isCoinbase() {
        return inputs.size() == 1 && inputs.getFirst().isNull();
    }

    /** An input that spends nothing; outside a coinbase that is forbidden. */
    public boolean hasNullInput() {
        return inputs.stream().anyMatch(Input::isNull);
    }

    public boolean hasWitness() {
        return inputs.stream().anyMatch(input -> !input.witness().isEmpty());
    }

    /** SHA-256d without witness: what inputs refer to and the merkle tree holds. */
    public Hash256 id() {
        return Sha256.twice(withoutWitness());
    }

    /** SHA-256d with witness (BIP 141); a coinbase counts as zero in the witness tree, which is not done here. */
    public Hash256 witnessId() {
        return Sha256.twice(serialized(hasWitness() ? WITNESS_FLAG : 0));
    }

    /** With witness where there is one (BIP 144). */
    public Bytes serialized() {
        return serialized(flags());
    }

    public Bytes withoutWitness() {
        return serialized(0);
    }

    private Bytes serialized(int flags) {
        ByteWriter out = new ByteWriter();
        writeTo(out, flags);
        return out.toBytes();
    }

    /** What it is serialized with, as a whole. */
    private int flags() {
        return (hasWitness() ? WITNESS_FLAG : 0) | (hogEx ? MWEB_FLAG : 0);
    }

    /** BIP 141: three times the size without witness plus the whole size. */
    public int weight() {
        return 3 * withoutWitness().size() + serialized().size();
    }

    void writeTo(ByteWriter out, boolean whole) {
        writeTo(out, whole ? flags() : 0);
    }

    private void writeTo(ByteWriter out, int flags) {
        out.i32(version);
        if (flags != 0) {
            out.u8(0).u8(flags);
        }
        out.compactSize(inputs.size());
        for (Input input : inputs) {
            out.bytes(input.previousId().internal())
                    .i32(input.previousIndex())
                    .sized(input.scriptSig())
                    .i32(input.sequence());
        }
        out.compactSize(outputs.size());
        outputs.forEach(output -> out.i64(output.value()).sized(output.script()));
        if ((flags & WITNESS_FLAG) != 0) {
            for (Input input : inputs) {
                out.compactSize(input.witness().size());
                input.witness().forEach(out::sized);
            }
        }
        if ((flags & MWEB_FLAG) != 0) {
            out.u8(NO_MWEB_PART);
        }
        out.i32(lockTime);
    }

    /** The same transaction with this witness on its first input; how a coinbase gets its reserved value. */
    public RawTransaction withFirstWitness(List<Bytes> stack) {
        List<Input> changed = new ArrayList<>(inputs);
        changed.set(0, inputs.getFirst().withWitness(stack));
        return new RawTransaction(version, changed, outputs, lockTime, hogEx);
    }
}
