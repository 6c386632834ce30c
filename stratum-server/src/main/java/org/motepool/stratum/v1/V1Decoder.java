package org.motepool.stratum.v1;

import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.FastThreadLocal;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.motepool.core.work.DifficultyScale;
import org.motepool.core.work.Level;
import org.motepool.stratum.v1.JsonValue.Arr;
import org.motepool.stratum.v1.JsonValue.Obj;
import org.motepool.stratum.v1.JsonValue.Text;

/** From a line's bytes to a message. Pure: any bytes give a message, bad ones {@code Malformed} or {@code Invalid}. */
public final class V1Decoder {
    /** Extensions of one configure that are answered; BIP 310 defines four. */
    static final int EXTENSIONS_MAX = 16;

    /** Longest extension name that is echoed. */
    static final int EXTENSION_CHARACTERS_MAX = 64;

    /** Longest number that is read as a suggestion. */
    static final int SUGGESTION_CHARACTERS_MAX = 64;

    private static final Arr NO_PARAMS = new Arr(List.of());
    /** A line's bytes while it is decoded, and who reads it. */
    private static final class Scratch {
        private final byte[] bytes = new byte[LineFramer.LINE_BYTES_MAX];
        private final SubmitLine submits = new SubmitLine();
    }

    private static final FastThreadLocal<Scratch> SCRATCH = new FastThreadLocal<>() {
        @Override
        protected Scratch initialValue() {
            return new Scratch();
        }
    };

    private V1Decoder() {}

    /**
     * Decodes the readable bytes; does not move the reader index.
     *
     * @param difficulties by which suggestions are read
     * @param usual user whom shares of this connection come for, so that the name need not be made again; or empty
     */
    public static MinerMessage decode(ByteBuf line, DifficultyScale difficulties, String usual) {
        int length = line.readableBytes();
        Scratch scratch = SCRATCH.get();
        byte[] bytes = length <= LineFramer.LINE_BYTES_MAX ? scratch.bytes : new byte[length];
        line.getBytes(line.readerIndex(), bytes, 0, length);
        return decode(scratch.submits, bytes, 0, length, difficulties, usual);
    }

    public static MinerMessage decode(byte[] line, int offset, int length, DifficultyScale difficulties) {
        return decode(new SubmitLine(), line, offset, length, difficulties, "");
    }

    private static MinerMessage decode(
            SubmitLine submits, byte[] line, int offset, int length, DifficultyScale difficulties, String usual) {
        MinerMessage.Submit submit = submits.read(line, offset, length, usual);
        return submit != null ? submit : decodeAny(line, offset, length, difficulties);
    }

    /** The long way. */
    static MinerMessage decodeAny(byte[] line, int offset, int length, DifficultyScale difficulties) {
        JsonValue value;
        try {
            value = JsonLine.parse(line, offset, length);
        } catch (IOException e) {
            return new MinerMessage.Malformed("not a JSON object");
        }
        return value instanceof Obj object
                ? request(object, difficulties)
                : new MinerMessage.Malformed("not a JSON object");
    }

    private static MinerMessage request(Obj object, DifficultyScale difficulties) {
        RequestId id = RequestId.of(object.at("id"));
        if (!(object.at("method") instanceof Text name)) {
            boolean reply =
                    object.fields().containsKey("result") || object.fields().containsKey("error");
            return reply ? new MinerMessage.ClientReply() : new MinerMessage.Malformed("neither request nor reply");
        }
        Arr params = object.at("params") instanceof Arr array ? array : NO_PARAMS;
        Method method = Method.ofWire(name.value());
        return switch (method) {
            case SUBSCRIBE ->
                new MinerMessage.Subscribe(
                        id,
                        UserAgent.ofWire(params.at(0).textOrEmpty()),
                        SessionId.ofWire(params.at(1).textOrEmpty()));
            case AUTHORIZE -> new MinerMessage.Authorize(id, params.at(0).textOrEmpty());
            case CONFIGURE -> configure(id, params);
            case SUGGEST_DIFFICULTY ->
                new MinerMessage.Suggest(id, method, levelOfDifficulty(params.at(0), difficulties));
            case SUGGEST_TARGET -> new MinerMessage.Suggest(id, method, levelOfTarget(params.at(0)));
            case SUBMIT -> submit(id, params);
            case EXTRANONCE_SUBSCRIBE -> new MinerMessage.ExtranonceSubscribe(id);
            case PONG -> new MinerMessage.ClientReply();
            case GET_TRANSACTIONS, OTHER -> new MinerMessage.Unsupported(id, method);
        };
    }

    private static MinerMessage configure(RequestId id, Arr params) {
        List<String> extensions = new ArrayList<>();
        if (params.at(0) instanceof Arr names) {
            for (JsonValue name : names.items()) {
                String text = name.textOrEmpty();
                if (!text.isEmpty()
                        && text.length() <= EXTENSION_CHARACTERS_MAX
                        && extensions.size() < EXTENSIONS_MAX
                        && !extensions.contains(text)) {
                    extensions.add(text);
                }
            }
        }
        long mask = Hex.INVALID;
        if (params.at(1) instanceof Obj options) {
            mask = Hex.u32(options.at("version-rolling.mask").textOrEmpty(), 1);
        }
        return new MinerMessage.Configure(id, extensions, mask == Hex.INVALID ? -1 : (int) mask);
    }

    private static Optional<Level> levelOfDifficulty(JsonValue value, DifficultyScale difficulties) {
        String text = value instanceof JsonValue.Num number ? number.literal() : value.textOrEmpty();
        if (text.isEmpty() || text.length() > SUGGESTION_CHARACTERS_MAX) {
            return Optional.empty();
        }
        try {
            BigDecimal difficulty = new BigDecimal(text);
            return difficulty.signum() > 0 ? Optional.of(difficulties.floor(difficulty)) : Optional.empty();
        } catch (ArithmeticException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<Level> levelOfTarget(JsonValue value) {
        String text = value.textOrEmpty();
        if (text.isEmpty() || text.length() > SUGGESTION_CHARACTERS_MAX) {
            return Optional.empty();
        }
        for (int i = 0; i < text.length(); i++) {
            if (Hex.digit(text.charAt(i)) < 0) {
                return Optional.empty();
            }
        }
        BigInteger target = new BigInteger(text, 16);
        return Optional.of(Level.floorOfHashes(
                BigInteger.ONE.shiftLeft(256).divide(target.add(BigInteger.ONE)).max(BigInteger.ONE)));
    }

    private static MinerMessage submit(RequestId id, Arr params) {
        int count = params.items().size();
        if (count < 5 || count > 6) {
            return invalidSubmit(id, ErrorCode.MALFORMED);
        }
        for (JsonValue param : params.items()) {
            if (!(param instanceof Text)) {
                return invalidSubmit(id, ErrorCode.MALFORMED);
            }
        }
        long job = Hex.u32(params.at(1).textOrEmpty(), 1);
        String extranonce2Text = params.at(2).textOrEmpty();
        long extranonce2 = Hex.u32(extranonce2Text, 8);
        long ntime = Hex.u32(params.at(3).textOrEmpty(), 8);
        long nonce = Hex.u32(params.at(4).textOrEmpty(), 1);
        if (extranonce2 == Hex.INVALID) {
            return invalidSubmit(id, extranonce2Text.length() == 8 ? ErrorCode.MALFORMED : ErrorCode.NONCE2_LENGTH);
        }
        if (ntime == Hex.INVALID) {
            return invalidSubmit(id, ErrorCode.MALFORMED);
        }
        if (nonce == Hex.INVALID) {
            return invalidSubmit(id, ErrorCode.NONCE);
        }
        OptionalInt bits = OptionalInt.empty();
        if (count == 6) {
            long value = Hex.u32(params.at(5).textOrEmpty(), 1);
            if (value == Hex.INVALID) {
                return invalidSubmit(id, ErrorCode.VERSION_MASK);
            }
            bits = OptionalInt.of((int) value);
        }
        return new MinerMessage.Submit(
                id, params.at(0).textOrEmpty(), job, (int) extranonce2, (int) ntime, (int) nonce, bits);
    }

    private static MinerMessage invalidSubmit(RequestId id, String text) {
        return new MinerMessage.Invalid(id, Method.SUBMIT, text);
    }
}
