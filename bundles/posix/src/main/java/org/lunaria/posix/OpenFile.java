package org.lunaria.posix;

/**
 * A file that is open. Immutable; who opened it closes it.
 *
 * @param fd its descriptor
 * @param name what it is to people, as "volume disk-1 (/srv/disk-1.img)"
 */
public record OpenFile(int fd, String name) {

    /** As the log and the messages of failures name it. */
    @Override
    public String toString() {
        return name;
    }
}
