/**
 * What the rest of the appliance may know of its registration at iSNS servers (RFC 4171): where it stands, since when, and
 * what is in the way. All else of the protocol is inside.
 */
@Version("0.1.0")
package org.lunaria.isns;

import org.osgi.annotation.versioning.Version;
