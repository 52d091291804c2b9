/**
 * The iSCSI transport for a program of one's own, on a Java virtual machine without OSGi: targets and portals are made by calls. They
 * are the very ones that the appliance's components make of their configuration.
 */
@Version("0.1.0")
package org.lunaria.iscsi.entity;

import org.osgi.annotation.versioning.Version;
