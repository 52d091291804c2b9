/**
 * This iSCSI node (RFC 7143 2.2): its targets, who may use them, its portals. Thread-safe, and ignorant of connections,
 * text and configurations.
 */
package org.lunaria.iscsi.internal.node;
