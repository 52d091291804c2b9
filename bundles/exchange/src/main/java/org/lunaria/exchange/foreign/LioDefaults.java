package org.lunaria.exchange.foreign;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What LIO writes down of itself whether anybody set it or not, as targetcli 2.1 wrote it with Linux 6.1. Only what is otherwise was
 * set by somebody, and is worth a word. Stateless.
 */
final class LioDefaults {
    /** Of a storage object. */
    static final Map<String, String> STORE = Map.ofEntries(
            Map.entry("alua_support", "1"),
            Map.entry("emulate_3pc", "1"),
            Map.entry("emulate_caw", "1"),
            Map.entry("emulate_dpo", "1"),
            Map.entry("emulate_fua_read", "1"),
            Map.entry("emulate_fua_write", "1"),
            Map.entry("emulate_pr", "1"),
            Map.entry("emulate_rest_reord", "0"),
            Map.entry("emulate_rsoc", "1"),
            Map.entry("emulate_tas", "1"),
            Map.entry("emulate_ua_intlck_ctrl", "0"),
            Map.entry("enforce_pr_isids", "1"),
            Map.entry("force_pr_aptpl", "0"),
            Map.entry("pgr_support", "1"),
            Map.entry("pi_prot_format", "0"),
            Map.entry("pi_prot_type", "0"),
            Map.entry("pi_prot_verify", "0"),
            Map.entry("submit_type", "0"));

    /** Of a storage object, as its device has it: a volume asks its own. */
    static final Set<String> OF_THE_DEVICE = Set.of(
            "emulate_tpu",
            "emulate_tpws",
            "emulate_write_cache",
            "fabric_max_sectors",
            "hw_block_size",
            "hw_max_sectors",
            "hw_pi_prot_type",
            "hw_queue_depth",
            "max_sectors",
            "max_unmap_block_desc_count",
            "max_unmap_lba_count",
            "max_write_same_len",
            "optimal_sectors",
            "queue_depth",
            "unmap_granularity",
            "unmap_granularity_alignment",
            "unmap_zeroes_data");

    /** Of a target portal group. */
    static final Map<String, String> GROUP = Map.ofEntries(
            Map.entry("default_cmdsn_depth", "64"),
            Map.entry("default_erl", "0"),
            Map.entry("demo_mode_discovery", "1"),
            Map.entry("fabric_prot_type", "0"),
            Map.entry("login_keys_workaround", "1"),
            Map.entry("login_timeout", "15"),
            Map.entry("netif_timeout", "2"),
            Map.entry("prod_mode_write_protect", "0"),
            Map.entry("t10_pi", "0"),
            Map.entry("tpg_enabled_sendtargets", "1"));

    /** Of the negotiation of a login. */
    static final Map<String, String> PARAMETERS = Map.ofEntries(
            Map.entry("DataDigest", "CRC32C,None"),
            Map.entry("DataPDUInOrder", "Yes"),
            Map.entry("DataSequenceInOrder", "Yes"),
            Map.entry("DefaultTime2Retain", "20"),
            Map.entry("DefaultTime2Wait", "2"),
            Map.entry("ErrorRecoveryLevel", "0"),
            Map.entry("FirstBurstLength", "65536"),
            Map.entry("HeaderDigest", "CRC32C,None"),
            Map.entry("IFMarkInt", "Reject"),
            Map.entry("IFMarker", "No"),
            Map.entry("ImmediateData", "Yes"),
            Map.entry("InitialR2T", "Yes"),
            Map.entry("MaxBurstLength", "262144"),
            Map.entry("MaxConnections", "1"),
            Map.entry("MaxOutstandingR2T", "1"),
            Map.entry("MaxRecvDataSegmentLength", "8192"),
            Map.entry("MaxXmitDataSegmentLength", "262144"),
            Map.entry("OFMarkInt", "Reject"),
            Map.entry("OFMarker", "No"),
            Map.entry("TargetAlias", "LIO Target"));

    /** Of an initiator that is let in by its name. */
    static final Map<String, String> INITIATOR = Map.of(
            "dataout_timeout", "3",
            "dataout_timeout_retries", "5",
            "default_erl", "0",
            "nopin_response_timeout", "30",
            "nopin_timeout", "15",
            "random_datain_pdu_offsets", "0",
            "random_datain_seq_offsets", "0",
            "random_r2t_offsets", "0");

    private LioDefaults() {}

    /**
     * Says what was set and is not carried over.
     *
     * @param what whose attributes they are
     * @param elsewhere the names of those that somebody else deals with
     */
    static void compare(
            Draft draft, String what, Lined attributes, Map<String, String> defaults, Predicate<String> elsewhere) {
        Set<String> unknown = new TreeSet<>();
        attributes.fields().forEach((name, value) -> {
            if (elsewhere.test(name)) {
                return;
            }
            if (!defaults.containsKey(name)) {
                unknown.add(name);
            } else if (!defaults.get(name).equals(value.text())) {
                draft.remark(
                        value.line(),
                        what + ": " + name + " = " + value.text() + ": there is nothing like it here; left out");
            }
        });
        if (!unknown.isEmpty()) {
            draft.remark(attributes.line(), what + ": " + String.join(", ", unknown) + ": not known; left out");
        }
    }
}
