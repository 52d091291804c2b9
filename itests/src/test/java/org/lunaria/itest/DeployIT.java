package org.lunaria.itest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import javax.inject.Inject;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.CoreOptions;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.OptionUtils;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/**
 * Backends come, are replaced and go by the ways that people use, while an initiator writes and compares: a jar in deploy/, a
 * feature, a new version beside the old one. The backend is the one that stands in examples/, as somebody else built it.
 */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class DeployIT {
    private static final String TARGET = "iqn.2026-11.org.lunaria:";

    /** The built jar of examples/backend-mine. */
    private static final String EXAMPLE = "lunaria.example";

    private static final Pattern SWAPS = Pattern.compile("\"swaps\" : (\\d+)");
    private static final String MINE = "com.example.backend.mine";
    private static final String FILE = "org.lunaria.backend.file";

    @Inject
    private BundleContext context;

    @Inject
    private SessionFactory sessions;

    private Path deploy;
    private Console console;
    private int port;

    @Configuration
    public Option[] distribution() throws IOException {
        return OptionUtils.combine(
                Distribution.unpacked(), CoreOptions.systemProperty(EXAMPLE).value(System.getProperty(EXAMPLE)));
    }

    @Before
    public void createVolumes() throws Exception {
        port = Integer.getInteger(Distribution.PORT);
        deploy = Path.of(System.getProperty("karaf.base"), "deploy");
        console = new Console(sessions);
        console.await("appliance:status");
        deploy("1.0.0", "mine.jar");
        Path volumes = Files.createDirectories(Path.of(System.getProperty("karaf.data"), "striped"));
        String files = " --set first=" + volumes.resolve("mine.1") + " --set second=" + volumes.resolve("mine.2");
        console.await("volume:create mine --kind mine --size 16M --set stripeBytes=8192" + files);
        console.run("volume:create disk --kind file --size 16M");
        for (String name : List.of("mine", "disk")) {
            console.run("target:create " + name);
            console.run("target:map " + name + " " + name + " --lun 0");
            console.run("target:allow " + name + " any");
        }
    }

    @After
    public void deleteVolumes() throws Exception {
        for (String name : List.of("mine", "disk")) {
            console.run("target:delete --yes " + name);
        }
        console.run("volume:delete mine");
        console.run("volume:delete disk --purge --yes");
        Files.delete(Path.of(System.getProperty("karaf.data"), "striped", "mine.1"));
        Files.delete(Path.of(System.getProperty("karaf.data"), "striped", "mine.2"));
        try (var jars = Files.list(deploy)) {
            for (Path jar : jars.toList()) {
                Files.delete(jar);
            }
        }
        Await.until(() -> bundle(MINE, "").isEmpty(), "the example to go from deploy/");
    }

    @Test
    public void aBackendOfSomebodyElseIsAKindLikeOurs() throws Exception {
        assertTrue(console.run("backend:list").contains(MINE + " 1.0.0"));
        assertTrue(console.completed("volume", "create", "volume:create v --kind m")
                .contains("mine"));
        List<String> keys = console.completed("volume", "create", "volume:create v --kind mine --set s");
        assertTrue(keys.toString(), keys.containsAll(List.of("second=", "stripeBytes=")));
        try (VerifiedLoad load = new VerifiedLoad(port, TARGET + "mine")) {
            load.finish();
        }
    }

    @Test
    public void aJarThatIsReplacedInDeployUnderIoIsNotNoticed() throws Exception {
        try (VerifiedLoad load = new VerifiedLoad(port, TARGET + "mine")) {
            for (String version : List.of("1.0.1", "1.0.1", "1.0.2")) {
                load.awaitProgress();
                long swaps = swaps("mine");
                deploy(version, "mine.jar");
                awaitSwap("mine", swaps);
                assertEquals(1, bundle(MINE, version).size());
            }
            load.finish();
        }
    }

    @Test
    public void aNewVersionBesideTheOldOneTakesOverWhenThatGoes() throws Exception {
        try (VerifiedLoad load = new VerifiedLoad(port, TARGET + "mine")) {
            load.awaitProgress();
            long swaps = swaps("mine");
            deploy("2.0.0", "mine-2.jar");
            Await.until(() -> !bundle(MINE, "2.0.0").isEmpty(), "the new version to start");
            load.awaitProgress();
            Files.delete(deploy.resolve("mine.jar"));
            awaitSwap("mine", swaps);
            load.finish();
        }
        assertTrue(console.run("appliance:status").contains("All is well."));
    }

    @Test
    public void aJarThatIsTakenOutOfDeployAndPutBackIsWaitedFor() throws Exception {
        try (VerifiedLoad load = new VerifiedLoad(port, TARGET + "mine")) {
            load.awaitProgress();
            long swaps = swaps("mine");
            Files.delete(deploy.resolve("mine.jar"));
            Await.until(() -> bundle(MINE, "").isEmpty(), "the old version to go");
            deploy("1.0.0", "mine.jar");
            awaitSwap("mine", swaps);
            load.finish();
        }
    }

    /** And what else there is stays as it is: none of our bundles but this one is stopped. */
    @Test
    public void aFeatureThatIsUninstalledAndInstalledUnderIoIsNotNoticed() throws Exception {
        List<Bundle> before = bundle("org.lunaria.scsi", "");
        try (VerifiedLoad load = new VerifiedLoad(port, TARGET + "disk")) {
            load.awaitProgress();
            long swaps = swaps("disk");
            console.run("feature:uninstall lunaria-backend-file");
            assertTrue(bundle(FILE, "").isEmpty());
            console.run("feature:install lunaria-backend-file");
            awaitSwap("disk", swaps);
            load.finish();
        }
        assertFalse(before.isEmpty());
        assertEquals(before, bundle("org.lunaria.scsi", ""));
    }

    @Test
    public void aBundleThatIsRefreshedUnderIoIsNotNoticed() throws Exception {
        try (VerifiedLoad load = new VerifiedLoad(port, TARGET + "disk")) {
            load.awaitProgress();
            long swaps = swaps("disk");
            console.run("bundle:refresh " + FILE);
            awaitSwap("disk", swaps);
            load.finish();
        }
    }

    /** Copies the example under a name into deploy/, as a version of it. */
    private void deploy(String version, String name) throws Exception {
        Path made = Files.createTempFile("mine", ".jar");
        try (InputStream in = Files.newInputStream(Path.of(System.getProperty(EXAMPLE)));
                OutputStream out = Files.newOutputStream(made)) {
            copy(in, out, version);
        }
        Files.move(made, deploy.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        Await.until(() -> !bundle(MINE, version).isEmpty(), "version " + version + " to start");
    }

    private static void copy(InputStream from, OutputStream to, String version) throws IOException {
        JarInputStream in = new JarInputStream(from);
        Manifest manifest = in.getManifest();
        manifest.getMainAttributes().putValue("Bundle-Version", version);
        try (JarOutputStream out = new JarOutputStream(to, manifest)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                out.putNextEntry(new ZipEntry(entry.getName()));
                in.transferTo(out);
            }
        }
    }

    /** Those that are active, of one version or, if that is empty, of any. */
    private List<Bundle> bundle(String symbolicName, String version) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getSymbolicName().equals(symbolicName))
                .filter(bundle -> bundle.getState() == Bundle.ACTIVE)
                .filter(bundle ->
                        version.isEmpty() || bundle.getVersion().toString().equals(version))
                .toList();
    }

    private void awaitSwap(String volume, long before) throws Exception {
        Await.until(() -> swaps(volume) > before, "volume " + volume + " to have its new backend");
    }

    private long swaps(String volume) throws Exception {
        String shown = console.run("volume:show " + volume + " --json");
        Matcher swaps = SWAPS.matcher(shown);
        assertTrue(shown, swaps.find());
        return Long.parseLong(swaps.group(1));
    }
}
