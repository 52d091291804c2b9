package org.lunaria.exec.client;

import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.Arrays;

/**
 * Runs one command of the shell in the appliance, through its Unix domain socket, and ends with the command's status.
 * Who may open the socket is decided by its file mode alone: its owner.
 *
 * <p>It is a program of its own that must answer quickly, so it uses nothing but the JDK, and little of that.
 */
public final class Exec {
    /** The appliance could not be asked; a command's own failure is 1. */
    static final int NOT_ANSWERED = 2;

    private Exec() {}

    /** @param arguments the path of the socket, then the words of the command; a single word is a whole command line */
    public static void main(String[] arguments) {
        System.exit(run(
                arguments,
                System.console() != null,
                new FileInputStream(FileDescriptor.in),
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err)));
    }

    static int run(String[] arguments, boolean terminal, InputStream in, OutputStream out, OutputStream err) {
        try {
            if (arguments.length < 2) {
                return fail(err, "usage: Exec SOCKET COMMAND...");
            }
            try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                channel.connect(UnixDomainSocketAddress.of(arguments[0]));
                request(channel, arguments, terminal);
                return relay(channel, in, out, err);
            } catch (EOFException e) {
                return fail(err, "the appliance ended before the command did.");
            } catch (SocketException e) {
                return fail(err, "the appliance does not answer at " + arguments[0] + ": " + e.getMessage() + ".");
            }
        } catch (IOException e) {
            // The output is closed: nobody is left to be told more than the status.
            return NOT_ANSWERED;
        }
    }

    private static void request(SocketChannel channel, String[] arguments, boolean terminal) throws IOException {
        for (int i = 1; i < arguments.length; i++) {
            Frame.of(Frame.Type.ARGUMENT, arguments[i]).writeTo(channel);
        }
        if (terminal) {
            Frame.of(Frame.Type.TERMINAL).writeTo(channel);
        }
        Frame.of(Frame.Type.FOLDER, System.getProperty("user.dir")).writeTo(channel);
        Frame.of(Frame.Type.RUN).writeTo(channel);
    }

    private static int relay(SocketChannel channel, InputStream in, OutputStream out, OutputStream err)
            throws IOException {
        while (true) {
            Frame frame = Frame.readFrom(channel);
            switch (frame.type()) {
                case OUTPUT -> out.write(frame.payload());
                case ERROR -> err.write(frame.payload());
                case EXIT -> {
                    return frame.status();
                }
                case READ -> input(in).writeTo(channel);
                case ARGUMENT, TERMINAL, FOLDER, RUN, INPUT -> {
                    return fail(err, "the appliance answered with a request.");
                }
            }
        }
    }

    /** What there is to read now. */
    private static Frame input(InputStream in) throws IOException {
        byte[] bytes = new byte[Frame.MAX_PAYLOAD_BYTES];
        int length = in.read(bytes);
        return new Frame(Frame.Type.INPUT, Arrays.copyOf(bytes, Math.max(length, 0)));
    }

    private static int fail(OutputStream err, String message) throws IOException {
        err.write(("lunaria: " + message + "\n").getBytes());
        return NOT_ANSWERED;
    }
}
