package org.lunaria.itest;

import static org.ops4j.pax.exam.CoreOptions.options;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;
import static org.ops4j.pax.exam.CoreOptions.systemTimeout;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.configureConsole;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.editConfigurationFilePut;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.karafDistributionConfiguration;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.keepRuntimeFolder;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import org.ops4j.pax.exam.Option;

/** How Pax Exam starts the archive that users get: unpacked as it is, on ports of its own, without a network. */
final class Distribution {
    /** System property, in the container, with the port of the default portal. */
    static final String PORT = "lunaria.port";

    private static final long START_MILLIS = 60_000;
    private static final String MAVEN = "etc/org.ops4j.pax.url.mvn.cfg";

    private Distribution() {}

    static Option[] unpacked() throws IOException {
        String port = Integer.toString(freePort());
        return options(
                karafDistributionConfiguration()
                        .frameworkUrl(new File(System.getProperty("lunaria.distribution"))
                                .toURI()
                                .toString())
                        .name("Lunaria")
                        .unpackDirectory(new File(System.getProperty("lunaria.exam")))
                        .useDeployFolder(false),
                keepRuntimeFolder(),
                configureConsole().ignoreLocalConsole().ignoreRemoteShell(),
                systemTimeout(START_MILLIS),
                // Pax Exam's own bundles come from where Maven put them for this build.
                editConfigurationFilePut(
                        MAVEN, "org.ops4j.pax.url.mvn.localRepository", System.getProperty("maven.repo.local")),
                editConfigurationFilePut("etc/org.lunaria.portal-default.cfg", "port", port),
                systemProperty(PORT).value(port));
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0)) {
            return probe.getLocalPort();
        }
    }
}
