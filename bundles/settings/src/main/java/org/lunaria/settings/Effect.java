package org.lunaria.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * When a change of a key is taken; at a declaration of keys, that of all which do not say otherwise. docs/reference tells
 * it.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Effect {
    Moment value();
}
