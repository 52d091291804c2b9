package org.lunaria.admin;

/**
 * What the process of the appliance takes of the machine, inside its virtual machine; the operating system knows the rest.
 *
 * @param heapBytes objects, those included that the next collection frees
 * @param heapLimitBytes how many there may be at most
 * @param directBytes direct buffers: data in transit
 * @param threads those of Java
 */
public record Consumption(long heapBytes, long heapLimitBytes, long directBytes, int threads) {}
