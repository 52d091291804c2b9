package org.lunaria.iscsi.unh;

/** The test suites of the UNH-IOL for iSCSI targets. */
public enum UnhSuite {
    LOGIN,
    FULL_FEATURE,
    ERROR_RECOVERY,
    MULTI_CONNECTION,
    CHAP
}
