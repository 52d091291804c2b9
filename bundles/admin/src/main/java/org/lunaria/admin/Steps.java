package org.lunaria.admin;

/** Hears how far long work is. */
@FunctionalInterface
public interface Steps {

    /** One step more is done; it may be undone still, should a later one fail. */
    void done(int done, int all);
}
