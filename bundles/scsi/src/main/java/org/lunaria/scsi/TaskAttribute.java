package org.lunaria.scsi;

/** Task attributes (SAM-5 8.6). */
public enum TaskAttribute {
    SIMPLE,
    ORDERED,
    HEAD_OF_QUEUE,
    ACA
}
