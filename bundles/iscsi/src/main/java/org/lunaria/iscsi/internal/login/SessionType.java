package org.lunaria.iscsi.internal.login;

/** What a session is for (RFC 7143 4.3, 13.21). */
public enum SessionType {
    /** Only to ask which targets there are: SendTargets and Logout, no SCSI. */
    DISCOVERY,
    /** SCSI commands to one target. */
    NORMAL
}
