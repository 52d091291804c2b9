package org.lunaria.iscsi.internal.component;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;

/** How much direct memory the Java virtual machine gives out. */
final class DirectMemory {
    private static final String OPTION = "MaxDirectMemorySize";

    private DirectMemory() {}

    /** The most there is, in bytes: what the option says, else as much as the heap may have. */
    static long bytesMax() {
        try {
            CompositeData option = (CompositeData) ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=HotSpotDiagnostic"),
                            "getVMOption",
                            new Object[] {OPTION},
                            new String[] {String.class.getName()});
            long bytes = Long.parseLong(option.get("value").toString());
            return bytes > 0 ? bytes : Runtime.getRuntime().maxMemory();
        } catch (JMException | RuntimeException e) {
            // Another virtual machine has no such option, and no such bound that one could know.
            return Long.MAX_VALUE;
        }
    }
}
