package org.lunaria.iscsi.internal.login;

/** What is to be done when a Login Request has been looked at. */
public sealed interface LoginStep {

    /** Send this; close the connection behind it when it {@link LoginResponse#ends}. */
    record Answer(LoginResponse response) implements LoginStep {}

    /**
     * All is agreed. The session is to be made (and an older one of the same name, ISID and target portal group ended
     * first: RFC 7143 6.3.5), which may take a while; meanwhile the connection takes nothing from its initiator. Then
     * {@link LoginNegotiation#established} or {@link LoginNegotiation#refused} gives the response.
     */
    record Establish(LoginOutcome outcome) implements LoginStep {}
}
