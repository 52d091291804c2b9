package org.lunaria.exec.client;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Makes the key pair with which the owner of an installation enters its shell: the private half goes to a file that
 * only this user reads (RFC 5915 in PEM, which Karaf's client and OpenSSH take), the public half to standard output as
 * the Base64 of RFC 5656 3.1.
 */
final class OwnerKey {
    private static final String CURVE = "nistp256";
    private static final int COORDINATE_BYTES = 32;
    private static final int PEM_LINE = 64;

    /** RFC 5915 3, ECPrivateKey: SEQUENCE, version 1, the head of the private key's OCTET STRING. */
    private static final String BEFORE_PRIVATE_KEY = "30770201010420";

    /** The curve's object identifier 1.2.840.10045.3.1.7, and the head of the public key's BIT STRING. */
    private static final String BEFORE_PUBLIC_KEY = "a00a06082a8648ce3d030107a144034200";

    private OwnerKey() {}

    /**
     * Refuses to overwrite a file: a key that is lost locks its owner out.
     *
     * @param arguments the path of the private key's file
     */
    public static void main(String[] arguments) throws IOException, GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        byte[] point = uncompressed((ECPublicKey) pair.getPublic());
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Path file = Files.createFile(Path.of(arguments[0]), ownerOnly);
        Files.writeString(file, pem((ECPrivateKey) pair.getPrivate(), point), StandardOpenOption.WRITE);
        System.out.println(Base64.getEncoder().encodeToString(sshPublicKey(point)));
    }

    static String pem(ECPrivateKey key, byte[] point) throws IOException {
        ByteArrayOutputStream der = new ByteArrayOutputStream();
        der.write(HexFormat.of().parseHex(BEFORE_PRIVATE_KEY));
        der.write(unsigned(key.getS()));
        der.write(HexFormat.of().parseHex(BEFORE_PUBLIC_KEY));
        der.write(point);
        String base64 = Base64.getMimeEncoder(PEM_LINE, new byte[] {'\n'}).encodeToString(der.toByteArray());
        return "-----BEGIN EC PRIVATE KEY-----\n" + base64 + "\n-----END EC PRIVATE KEY-----\n";
    }

    static byte[] sshPublicKey(byte[] point) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        writeString(out, ("ecdsa-sha2-" + CURVE).getBytes(StandardCharsets.US_ASCII));
        writeString(out, CURVE.getBytes(StandardCharsets.US_ASCII));
        writeString(out, point);
        return bytes.toByteArray();
    }

    /** SEC 1 2.3.3: 04h, then both coordinates. */
    static byte[] uncompressed(ECPublicKey key) throws IOException {
        ByteArrayOutputStream point = new ByteArrayOutputStream();
        point.write(4);
        point.write(unsigned(key.getW().getAffineX()));
        point.write(unsigned(key.getW().getAffineY()));
        return point.toByteArray();
    }

    /** Exactly 32 bytes, big-endian; the number's own form may have a sign byte in front, or be shorter. */
    private static byte[] unsigned(BigInteger number) {
        byte[] signed = number.toByteArray();
        byte[] digits = new byte[COORDINATE_BYTES];
        int count = Math.min(signed.length, COORDINATE_BYTES);
        System.arraycopy(signed, signed.length - count, digits, COORDINATE_BYTES - count, count);
        return digits;
    }

    private static void writeString(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }
}
