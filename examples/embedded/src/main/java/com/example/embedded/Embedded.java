package com.example.embedded;

import java.nio.file.Path;
import java.util.Map;
import org.lunaria.backend.BlockBackend;
import org.lunaria.iscsi.entity.NetworkEntity;
import org.lunaria.scsi.engine.ScsiEngine;
import org.lunaria.scsi.engine.ScsiUnit;

/** Serves a disk in memory over iSCSI until its standard input ends. */
public final class Embedded {
    private static final String IQN = "iqn.2026-11.com.example:disk";

    private Embedded() {}

    /** @param arguments the TCP port, or 0 for one that is free, and a folder for what the disk keeps for its initiators */
    public static void main(String[] arguments) throws Exception {
        try (BlockBackend store = new HeapBackend(64 << 20);
                ScsiEngine engine = ScsiEngine.open(Path.of(arguments[1]));
                ScsiUnit disk = engine.addUnit("disk", Map.of("serial", "1", "naa", "3000000000000001"));
                NetworkEntity entity = NetworkEntity.open(engine.targets())) {
            disk.attach(store);
            entity.addTarget("disk", Map.of("iqn", IQN, "luns", "0=disk", "access", "any"));
            int port = entity.addPortal("main", Map.of("address", "127.0.0.1", "port", arguments[0]));
            System.out.println("ready iscsi://127.0.0.1:" + port + "/" + IQN + "/0");
            while (System.in.read() >= 0) {
                // It serves on threads of its own.
            }
        }
    }
}
