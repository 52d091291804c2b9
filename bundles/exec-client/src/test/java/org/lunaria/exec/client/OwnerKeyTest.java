package org.lunaria.exec.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.AlgorithmParameters;
import java.security.KeyFactory;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnerKeyTest {
    private static final HexFormat HEX = HexFormat.of();

    /** The generator of P-256: the public key that belongs to the private key 1 (SEC 2 2.4.2). */
    private static final String X = "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296";

    private static final String Y = "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5";

    @TempDir
    private Path folder;

    @Test
    void publicKeyHasTheThreeStringsOfRfc5656() throws Exception {
        byte[] expected = HEX.parseHex(
                "00000013" + hex("ecdsa-sha2-nistp256") + "00000008" + hex("nistp256") + "00000041" + "04" + X + Y);
        assertArrayEquals(expected, OwnerKey.sshPublicKey(OwnerKey.uncompressed(publicKey())));
    }

    @Test
    void shortPrivateKeyIsPaddedTo32Bytes() throws Exception {
        String[] lines =
                OwnerKey.pem(privateKey(), OwnerKey.uncompressed(publicKey())).split("\n");
        assertEquals("-----BEGIN EC PRIVATE KEY-----", lines[0]);
        assertEquals("-----END EC PRIVATE KEY-----", lines[lines.length - 1]);
        byte[] der = Base64.getMimeDecoder().decode(String.join("\n", lines).replaceAll("-----.*-----", ""));
        String expected = "30770201010420" + "0".repeat(63) + "1" + "a00a06082a8648ce3d030107a144034200" + "04" + X + Y;
        assertEquals(expected, HEX.formatHex(der));
    }

    @Test
    void onlyTheOwnerReadsTheFileAndItIsNeverOverwritten() throws Exception {
        String[] path = {folder.resolve("key").toString()};
        OwnerKey.main(path);
        Path file = Path.of(path[0]);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertTrue(Files.readString(file).startsWith("-----BEGIN EC PRIVATE KEY-----\n"));
        assertThrows(FileAlreadyExistsException.class, () -> OwnerKey.main(path));
    }

    private static ECParameterSpec curve() throws Exception {
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec("secp256r1"));
        return parameters.getParameterSpec(ECParameterSpec.class);
    }

    private static ECPublicKey publicKey() throws Exception {
        ECPoint point = new ECPoint(new BigInteger(X, 16), new BigInteger(Y, 16));
        return (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, curve()));
    }

    private static ECPrivateKey privateKey() throws Exception {
        var specification = new ECPrivateKeySpec(BigInteger.ONE, curve());
        return (ECPrivateKey) KeyFactory.getInstance("EC").generatePrivate(specification);
    }

    private static String hex(String text) {
        return HEX.formatHex(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }
}
