/**
 * What is registered at a server, and how it is kept up to date (RFC 4171 5.6.5.1, 5.6.5.2, 5.6.5.4). Sees the network only
 * through {@link org.lunaria.isns.internal.registration.Exchange}, and the appliance through its status records.
 */
package org.lunaria.isns.internal.registration;
