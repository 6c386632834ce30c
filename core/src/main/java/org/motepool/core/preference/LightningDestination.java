package org.motepool.core.preference;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.motepool.core.address.AddressException;
import org.motepool.core.address.Bech32;

/**
 * Where a Lightning payment is asked for: a Lightning address or an LNURL. The host is public by its form only; what it
 * resolves to has to be looked at each time.
 *
 * @param text lower case, {@code name@host} or {@code lnurl1…}
 * @param url of the first request
 * @see "LUD-01, LUD-16"
 */
public record LightningDestination(String text, String url) {
    private static final Pattern ADDRESS = Pattern.compile("([._+-]*[a-z0-9][a-z0-9._+-]*)@(.+)");
    private static final int NAME_CHARACTERS_MAX = 64;
    private static final String LNURL = "lnurl";
    private static final String SCHEME = "lightning:";

    public static LightningDestination parse(String typed) throws PreferenceException {
        String stripped = typed.strip();
        boolean schemed = stripped.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
        String bare = schemed ? stripped.substring(SCHEME.length()) : stripped;
        String text = bare.toLowerCase(Locale.ROOT);
        if (text.startsWith(LNURL + "1") && text.indexOf('@') < 0) {
            if (!bare.equals(text) && !bare.equals(bare.toUpperCase(Locale.ROOT))) {
                throw new PreferenceException("the LNURL mixes upper and lower case");
            }
            return new LightningDestination(text, decode(text));
        }
        Matcher matcher = ADDRESS.matcher(text);
        if (!matcher.matches()
                || matcher.group(1).length() > NAME_CHARACTERS_MAX
                || !PreferenceValue.HOST.matcher(matcher.group(2)).matches()) {
            throw new PreferenceException(
                    "a Lightning address looks like name@example.com; an LNURL begins with lnurl1");
        }
        return new LightningDestination(
                text, "https://" + matcher.group(2) + "/.well-known/lnurlp/" + matcher.group(1));
    }

    private static String decode(String text) throws PreferenceException {
        try {
            int[] symbols = Bech32.symbols(text.substring(LNURL.length() + 1));
            if (symbols.length <= Bech32.CHECKSUM_SYMBOLS || Bech32.checksum(LNURL, symbols) != Bech32.BECH32) {
                throw new PreferenceException("the LNURL's checksum is wrong: a letter is mistyped or missing");
            }
            byte[] url = Bech32.toBytes(symbols, 0, symbols.length - Bech32.CHECKSUM_SYMBOLS);
            return PreferenceValue.url(new String(url, StandardCharsets.US_ASCII));
        } catch (AddressException e) {
            throw new PreferenceException("that is no LNURL: " + e.getMessage());
        }
    }
}
