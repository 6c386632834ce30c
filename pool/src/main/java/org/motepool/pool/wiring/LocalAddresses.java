package org.motepool.pool.wiring;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** By which address other machines of the local network reach this one. */
public final class LocalAddresses {
    private LocalAddresses() {}

    /** The host to tell people for something that listens on {@code bind}; empty when only this machine reaches it. */
    public static Optional<String> reachable(String bind) {
        try {
            InetAddress address = InetAddress.getByName(bind);
            if (address.isLoopbackAddress()) {
                return Optional.empty();
            }
            return address.isAnyLocalAddress() ? firstOfThisMachine() : Optional.of(bind);
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> firstOfThisMachine() {
        try {
            List<NetworkInterface> all = Collections.list(NetworkInterface.getNetworkInterfaces());
            return all.stream()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                    .map(InetAddress::getHostAddress)
                    .findFirst();
        } catch (SocketException e) {
            return Optional.empty();
        }
    }
}
