package org.lunaria.backend.remote.internal;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server whose greeting is right, unless told otherwise, and whose answers are a test's. One thread a connection. */
final class ScriptedServer implements AutoCloseable {

    static final int FLAGS = Nbd.HAS_FLAGS | Nbd.SEND_FLUSH | Nbd.SEND_FUA | Nbd.SEND_WRITE_ZEROES;

    /** What follows the greeting or the handshake. */
    interface Script {
        void play(DataInputStream in, DataOutputStream out) throws IOException;
    }

    /** A request, its data read. */
    record Request(int flags, int command, long handle, long offset, int length, byte[] data) {

        static Request read(DataInputStream in) throws IOException {
            if (in.readInt() != Nbd.REQUEST_MAGIC) {
                throw new IOException("no request");
            }
            int flags = in.readUnsignedShort();
            int command = in.readUnsignedShort();
            long handle = in.readLong();
            long offset = in.readLong();
            int length = in.readInt();
            return new Request(
                    flags, command, handle, offset, length, in.readNBytes(command == Nbd.CMD_WRITE ? length : 0));
        }

        void answer(DataOutputStream out, int error) throws IOException {
            out.writeInt(Nbd.SIMPLE_REPLY_MAGIC);
            out.writeInt(error);
            out.writeLong(handle);
            if (error == 0 && command == Nbd.CMD_READ) {
                out.write(new byte[length]);
            }
            out.flush();
        }
    }

    private final ServerSocket listener;
    private final Script script;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    private ServerSocket listen() throws IOException {
        return new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    }

    /** @param script from the first byte on */
    ScriptedServer(Script script) throws IOException {
        this.script = script;
        listener = listen();
        Thread acceptor = new Thread(this::accept, "scripted-server");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    /** An export of 1 MiB. @param transmission what comes after the handshake */
    static ScriptedServer serving(int flags, Script transmission) throws IOException {
        return new ScriptedServer((in, out) -> {
            greet(in, out);
            handshake(in, out, 1 << 20, flags);
            transmission.play(in, out);
        });
    }

    String uri() {
        return "nbd://127.0.0.1:" + listener.getLocalPort() + "/disk";
    }

    static void greet(DataInputStream in, DataOutputStream out) throws IOException {
        out.writeLong(Nbd.GREETING_MAGIC);
        out.writeLong(Nbd.OPTION_MAGIC);
        out.writeShort(Nbd.FLAG_FIXED_NEWSTYLE | Nbd.FLAG_NO_ZEROES);
        out.flush();
        in.readInt();
    }

    /** Refuses all options but GO. */
    static void handshake(DataInputStream in, DataOutputStream out, long sizeBytes, int flags) throws IOException {
        while (true) {
            in.readLong();
            int option = in.readInt();
            in.readNBytes(in.readInt());
            if (option == Nbd.OPT_GO) {
                reply(out, option, Nbd.REP_INFO, 12);
                out.writeShort(Nbd.INFO_EXPORT);
                out.writeLong(sizeBytes);
                out.writeShort(flags);
                reply(out, option, Nbd.REP_ACK, 0);
                out.flush();
                return;
            }
            byte[] text = "not here".getBytes(StandardCharsets.UTF_8);
            reply(out, option, 1 << 31 | 1, text.length);
            out.write(text);
            out.flush();
        }
    }

    static void reply(DataOutputStream out, int option, int type, int length) throws IOException {
        out.writeLong(Nbd.OPTION_REPLY_MAGIC);
        out.writeInt(option);
        out.writeInt(type);
        out.writeInt(length);
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                sockets.add(socket);
                Thread thread = new Thread(() -> serve(socket), "scripted-connection");
                thread.setDaemon(true);
                thread.start();
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            script.play(
                    new DataInputStream(socket.getInputStream()),
                    new DataOutputStream(new java.io.BufferedOutputStream(socket.getOutputStream())));
        } catch (IOException e) {
            // The client has gone.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
