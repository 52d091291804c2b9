package org.lunaria.exchange.foreign;

/** A key of a device of SCST. */
record ScstKey(Draft draft, DraftVolume volume, Statement key) {

    void carry() {
        int line = key.line();
        String value = key.word(1);
        switch (key.keyword()) {
            case "filename" -> {
                // The volume's own.
            }
            case "blocksize" -> volume.blockBytes(line, value);
            case "read_only" -> volume.flag(line, "readOnly", value.equals("1"));
            case "removable" -> volume.flag(line, "removable", value.equals("1"));
            case "write_through" -> volume.flag(line, "writeCache", !value.equals("1"));
            case "usn" -> volume.serial(line, value);
            case "naa_id" -> volume.naa(line, value);
            case "t10_vend_id" -> volume.vendor(line, value);
            case "prod_id" -> volume.product(line, value);
            case "prod_rev_lvl" -> volume.revision(line, value);
            case "rotational" -> {
                if (value.equals("0")) {
                    volume.number(line, "rotationRate", 1);
                } else {
                    draft.leaveOut(key, "not needed");
                }
            }
            case "size", "size_mb", "threads_num", "threads_pool_type", "active", "cluster_mode" ->
                draft.leaveOut(key, "not needed");
            case "nv_cache" ->
                draft.leaveOut(
                        key,
                        "a cache that outlives a power failure is never assumed: what is acknowledged as synced is");
            default -> draft.leaveOut(key, "there is nothing like it here; left out");
        }
    }
}
