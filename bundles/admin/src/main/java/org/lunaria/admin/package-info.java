/**
 * The administration of the appliance as OSGi services: what there is, and how to change it. Consoles (the shell, later a
 * web page) stand on this package and on nothing below it.
 *
 * <p>{@link org.lunaria.admin.Appliance} is the one service. Its parts change configurations and wait until those who
 * are configured have taken them, so a caller may be kept waiting for seconds: never call from a network I/O thread. A
 * waiting call can be interrupted. One change is made at a time. All types are thread-safe or immutable.
 *
 * <p>The components of the records are what programs see as JSON: their names and units do not change, and none is null.
 */
@Version("0.1.0")
package org.lunaria.admin;

import org.osgi.annotation.versioning.Version;
