package org.motepool.payout.outside;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Connects by TLS to hosts of the public internet and to no others: a stranger's server must not make the pool ask the
 * operator's own network. The address that was looked at is the one that is connected to. Stateless.
 */
public final class PublicHosts implements OutsideServers.Connector {
    @Override
    public Socket connect(String host, int port, int millis) throws IOException {
        List<InetAddress> all = Arrays.asList(InetAddress.getAllByName(host));
        for (InetAddress address : all) {
            if (!isPublic(address)) {
                throw new IOException(host + " is at " + address.getHostAddress() + ", which is no public address");
            }
        }
        Socket plain = new Socket();
        try {
            plain.connect(new InetSocketAddress(all.getFirst(), port), millis);
            plain.setSoTimeout(millis);
            SSLSocket secure = (SSLSocket)
                    ((SSLSocketFactory) SSLSocketFactory.getDefault()).createSocket(plain, host, port, true);
            SSLParameters parameters = secure.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            secure.setSSLParameters(parameters);
            secure.startHandshake();
            return secure;
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }

    /** Neither this machine, nor a private or special network, nor one that leads to such a one. */
    public static boolean isPublic(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        byte[] bytes = address.getAddress();
        if (address instanceof Inet4Address) {
            return isPublic4(bytes, 0);
        }
        int first = (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
        int second = (bytes[2] & 0xff) << 8 | bytes[3] & 0xff;
        // Only 2000::/3 is given out; in it 6to4, Teredo and NAT64 carry other addresses, and 2001:db8 is for examples.
        return (first & 0xe000) == 0x2000
                && first != 0x2002
                && !(first == 0x2001 && (second < 0x0200 || second == 0x0db8));
    }

    private static boolean isPublic4(byte[] bytes, int at) {
        int a = bytes[at] & 0xff;
        int b = bytes[at + 1] & 0xff;
        int c = bytes[at + 2] & 0xff;
        boolean special = a == 0
                || a == 10
                || a == 127
                || a >= 224
                || (a == 100 && (b & 0xc0) == 64)
                || (a == 169 && b == 254)
                || (a == 172 && (b & 0xf0) == 16)
                || (a == 192 && (b == 168 || (b == 0 && (c == 0 || c == 2)) || (b == 88 && c == 99)))
                || (a == 198 && ((b & 0xfe) == 18 || (b == 51 && c == 100)))
                || (a == 203 && b == 0 && c == 113);
        return !special;
    }
}
