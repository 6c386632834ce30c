package org.motepool.stratum;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A device on a real socket that reads with a bound. */
final class Miner implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader in;
    private int id = 10;

    Miner(int port) throws IOException {
        this(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    /** On a socket that is connected. */
    Miner(Socket connected) throws IOException {
        socket = connected;
        socket.setSoTimeout(10_000);
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.UTF_8));
    }

    void send(byte[] bytes) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(bytes);
        out.flush();
    }

    /** The next line, or {@link Transcript#CLOSED}. */
    String line() throws IOException {
        try {
            String line = in.readLine();
            return line == null ? Transcript.CLOSED : line;
        } catch (java.net.SocketException | javax.net.ssl.SSLException e) {
            return Transcript.CLOSED;
        }
    }

    /** Subscribes, authorizes and reads up to its first job, which it returns. */
    String logIn(String agent) throws IOException {
        send("{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[\"" + agent + "\"]}\n"
                + "{\"id\":2,\"method\":\"mining.authorize\",\"params\":[\"" + ServerFixture.USER + "\",\"x\"]}\n");
        String line = line();
        while (!line.contains("mining.notify\",\"params")) {
            if (line.equals(Transcript.CLOSED)) {
                throw new IOException("the pool hung up");
            }
            line = line();
        }
        return line;
    }

    /** Sends a share of the job with this id; returns the reply. */
    String submit(String job, String extranonce2, String nonce) throws IOException {
        id++;
        send("{\"id\":" + id + ",\"method\":\"mining.submit\",\"params\":[\"" + ServerFixture.USER + "\",\"" + job
                + "\",\"" + extranonce2 + "\",\"66b2c3d4\",\"" + nonce + "\"]}\n");
        return line();
    }

    void hangUp() throws IOException {
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
