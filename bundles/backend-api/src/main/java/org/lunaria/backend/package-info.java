/**
 * The service provider interface of the backends: a store of bytes, and nothing about SCSI, iSCSI or OSGi.
 *
 * <p>A backend is a {@link org.lunaria.backend.BlockBackend}, registered as an OSGi service with the properties
 * {@code backend.id} (the volume's name) and {@code backend.kind} (file, memory, ...). Its callers call it from network
 * I/O threads, which it must never block: what may block runs on {@link org.lunaria.backend.BlockingWorkers}.
 */
@Version("0.3.0")
package org.lunaria.backend;

import org.osgi.annotation.versioning.Version;
