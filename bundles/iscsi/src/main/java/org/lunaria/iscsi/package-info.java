/**
 * What the rest of the appliance may know of the iSCSI transport: which portals, targets and sessions there are, and how
 * to end a session. All else of RFC 7143 is inside.
 */
@Version("0.1.0")
package org.lunaria.iscsi;

import org.osgi.annotation.versioning.Version;
