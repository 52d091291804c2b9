package org.lunaria.iscsi.unh;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The case of a UNH-IOL test suite that a test method is about. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface UnhCase {
    UnhSuite suite();

    /** Family and case, as 4.1. */
    String number();

    /** Of RFC 7143. */
    String clause();

    String title();
}
