package org.lunaria.iscsi.internal.login;

/** One key=value pair of a text (RFC 7143 6.1). */
record KeyValue(String key, String value) {

    /** An answer that says nothing about the value (RFC 7143 6.2). */
    static final String NOT_UNDERSTOOD = "NotUnderstood";

    static final String IRRELEVANT = "Irrelevant";
    static final String REJECT = "Reject";
    static final String YES = "Yes";
    static final String NO = "No";

    /** Whether the value is one of the words that only ever answer. */
    boolean onlyAnswers() {
        return value.equals(NOT_UNDERSTOOD) || value.equals(IRRELEVANT) || value.equals(REJECT);
    }

    @Override
    public String toString() {
        return key + "=" + value;
    }
}
