package org.motepool.core.address;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.motepool.core.account.AccountId;
import org.motepool.core.bytes.ByteWriter;
import org.motepool.core.bytes.Bytes;

/**
 * An address that can be paid, checked in full.
 *
 * @param canonical the one text that all ways to write it come down to; its hash is the account
 * @param network the network whose prefix it carries; testnet4 and signet cannot be told apart
 * @param type form of the output script
 * @param script the output script that pays it
 */
public record PayoutAddress(String canonical, Network network, ScriptType type, Bytes script) {
    private static final int CHARACTERS_MAX = 128;
    private static final List<String> URI_PREFIXES = List.of("bitcoin:", "litecoin:");
    /** Of Litecoin's MWEB addresses: no output of a block's coinbase can pay them. */
    private static final List<String> MWEB_PREFIXES = List.of("ltcmweb1", "tmweb1");

    /**
     * Parses what a person typed: surrounding space, a {@code bitcoin:} or {@code litecoin:} prefix, a query part and
     * upper-case segwit forms are understood.
     *
     * @throws AddressException with a reason fit for a miner; an address of another network names that network
     */
    public static PayoutAddress parse(String typed, Network wanted) throws AddressException {
        String text = strip(typed);
        if (text.isEmpty()) {
            throw new AddressException("no address was given");
        }
        if (text.length() > CHARACTERS_MAX) {
            throw new AddressException("the address is too long");
        }
        requirePrintable(text);
        for (String prefix : MWEB_PREFIXES) {
            if (text.regionMatches(true, 0, prefix, 0, prefix.length())) {
                throw new AddressException(
                        "a block cannot pay MWEB addresses: take one of the wallet's other addresses");
            }
        }
        PayoutAddress address = segwitNetwork(text) != null ? segwit(text) : base58(text, wanted);
        if (!wanted.accepts(address.network())) {
            throw new AddressException(
                    "this is an address of " + address.network().id() + ", this pool pays on " + wanted.id());
        }
        return address;
    }

    /** Letters of other scripts may fold to ASCII ones, and control characters must not reach a log or a reply. */
    private static void requirePrintable(String text) throws AddressException {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 33 || c > 126) {
                throw new AddressException(
                        "character %d (U+%04X) is no letter of an address".formatted(i + 1, (int) c));
            }
        }
    }

    public AccountId accountId() {
        return AccountId.ofCanonicalAddress(canonical);
    }

    private static String strip(String typed) {
        String text = typed.strip();
        for (String prefix : URI_PREFIXES) {
            if (text.regionMatches(true, 0, prefix, 0, prefix.length())) {
                text = text.substring(prefix.length());
            }
        }
        int query = text.indexOf('?');
        return query < 0 ? text : text.substring(0, query);
    }

    private static @Nullable Network segwitNetwork(String text) {
        int separator = text.lastIndexOf('1');
        if (separator < 1) {
            return null;
        }
        String hrp = text.substring(0, separator).toLowerCase(Locale.ROOT);
        for (Network network : Network.values()) {
            if (network.humanReadablePart().equals(hrp)) {
                return network;
            }
        }
        return null;
    }

    private static PayoutAddress segwit(String text) throws AddressException {
        SegwitAddress decoded = SegwitAddress.decode(text);
        Network network = segwitNetwork(text);
        if (network == null) {
            throw new AddressException("no network has the address prefix " + decoded.humanReadablePart());
        }
        Bytes program = decoded.program();
        ScriptType type;
        if (decoded.version() == 0) {
            type = program.size() == 20 ? ScriptType.P2WPKH : ScriptType.P2WSH;
        } else if (decoded.version() == 1 && program.size() == 32) {
            type = ScriptType.P2TR;
        } else {
            throw new AddressException("witness version " + decoded.version() + " cannot be paid safely yet");
        }
        int opcode = decoded.version() == 0 ? 0x00 : 0x50 + decoded.version();
        Bytes script =
                new ByteWriter(34).u8(opcode).u8(program.size()).bytes(program).toBytes();
        return new PayoutAddress(text.toLowerCase(Locale.ROOT), network, type, script);
    }

    private static PayoutAddress base58(String text, Network wanted) throws AddressException {
        byte[] body;
        try {
            body = Base58Check.decode(text);
        } catch (AddressException e) {
            throw ofForeignSegwit(text) ? new AddressException("this is an address of another coin or chain") : e;
        }
        if (body.length != 21) {
            throw new AddressException("the address has a wrong length");
        }
        int version = body[0] & 0xff;
        Network network = base58Network(version, wanted);
        boolean keyHash = network.paysPublicKeyHash(version);
        ByteWriter script = new ByteWriter(25);
        if (keyHash) {
            script.u8(0x76).u8(0xa9).u8(20).bytes(body, 1, 20).u8(0x88).u8(0xac);
        } else {
            script.u8(0xa9).u8(20).bytes(body, 1, 20).u8(0x87);
        }
        String canonical = Base58Check.encode(network.usualVersion(version), Arrays.copyOfRange(body, 1, body.length));
        return new PayoutAddress(canonical, network, keyHash ? ScriptType.P2PKH : ScriptType.P2SH, script.toBytes());
    }

    private static boolean ofForeignSegwit(String text) {
        try {
            SegwitAddress.decode(text);
            return true;
        } catch (AddressException notSegwit) {
            return false;
        }
    }

    /** All test networks share their versions: the wanted one is taken where it fits. */
    private static Network base58Network(int version, Network wanted) throws AddressException {
        if (wanted.paysPublicKeyHash(version) || wanted.paysScriptHash(version)) {
            return wanted;
        }
        for (Network network : Network.values()) {
            if (network.paysPublicKeyHash(version) || network.paysScriptHash(version)) {
                return network;
            }
        }
        throw new AddressException("no known network has addresses of version " + version);
    }

    /** The address of a witness program of version 0 with 20 bytes, for made-up accounts of test chains. */
    public static PayoutAddress ofWitnessKeyHash(Bytes keyHash, Network network) {
        String text = new SegwitAddress(network.humanReadablePart(), 0, keyHash).encode();
        try {
            return parse(text, network);
        } catch (AddressException e) {
            throw new IllegalArgumentException("a witness key hash has 20 bytes", e);
        }
    }

    @Override
    public String toString() {
        return canonical;
    }
}
