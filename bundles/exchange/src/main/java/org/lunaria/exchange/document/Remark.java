package org.lunaria.exchange.document;

/**
 * What an administrator has to know of a document that is read: what it leaves open, or what could not be carried over. It
 * tells no secret.
 *
 * @param line of the file that it is about, from 1; 0 for none
 */
public record Remark(int line, String text) {

    /** With the file in front, where it is about a line. */
    public String text(String file) {
        return line == 0 ? text : file + ":" + line + ": " + text;
    }
}
