package org.lunaria.isns.internal.message;

/** The attributes that this client registers, asks for or is told (RFC 4171 6.1). */
public enum Tag {
    /** Between the message key and the operating attributes (5.6.3). */
    DELIMITER(0),
    ENTITY_IDENTIFIER(1),
    ENTITY_PROTOCOL(2),
    TIMESTAMP(4),
    REGISTRATION_PERIOD(6),
    PORTAL_IP_ADDRESS(16),
    PORTAL_TCP_UDP_PORT(17),
    PORTAL_SYMBOLIC_NAME(18),
    ESI_INTERVAL(19),
    ESI_PORT(20),
    SCN_PORT(23),
    ISCSI_NAME(32),
    ISCSI_NODE_TYPE(33),
    ISCSI_ALIAS(34),
    ISCSI_SCN_BITMAP(35),
    ISCSI_AUTH_METHOD(42),
    PG_PORTAL_IP_ADDRESS(49),
    PG_PORTAL_TCP_UDP_PORT(50),
    PG_TAG(51);

    private final int number;

    Tag(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
