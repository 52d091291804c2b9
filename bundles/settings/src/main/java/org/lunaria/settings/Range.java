package org.lunaria.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The whole numbers that a key may have, both bounds among them. It stands at the key's declaration; {@link Settings#number}
 * refuses others by it, and docs/reference tells it.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Range {
    long least();

    long most();
}
