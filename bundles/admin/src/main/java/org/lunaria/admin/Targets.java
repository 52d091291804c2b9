package org.lunaria.admin;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.osgi.annotation.versioning.ProviderType;

/** The iSCSI targets. A target may be named by its name or by its iSCSI name. Changes take effect on live sessions. */
@ProviderType
public interface Targets {

    /**
     * Makes a target without volumes that lets nobody in.
     *
     * @param nameOrIqn a name, which gets {@link #IQN_PREFIX} in front; or an iSCSI name, whose part after the colon
     *     becomes the name
     */
    Target create(String nameOrIqn);

    /** What stands before a name to make an iSCSI name of it. */
    String IQN_PREFIX = "iqn.2026-11.org.lunaria:";

    /** All targets by name. */
    List<Target> list();

    Target get(String target);

    /** Removes a target; its sessions end. The volumes stay. */
    void delete(String target);

    /**
     * Presents a volume.
     *
     * @param lun under which number; without it the lowest that is free
     */
    Mapping map(String target, String volume, OptionalInt lun, boolean readOnly);

    /**
     * Presents a volume no longer.
     *
     * @param lun under which number; without it under all
     * @return what was taken away
     */
    List<Mapping> unmap(String target, String volume, OptionalInt lun);

    /** The keys that {@link #set} takes. */
    List<SettingKey> keys();

    /**
     * Sets keys of a target, all or none. Sessions that the new values allow go on; what a login agrees on holds for new
     * ones.
     *
     * @param settings an empty value takes the default
     */
    Target set(String target, Map<String, String> settings);

    /**
     * Lets an initiator in, and forgets that it was denied.
     *
     * @param initiator its iSCSI name, in which {@code *} and {@code ?} stand for other characters; {@code @} and a network;
     *     or both; or {@code any}
     */
    Target allow(String target, String initiator);

    /**
     * Keeps an initiator out, also where any is let in; its sessions end. Denying {@code any} takes back all that was
     * allowed.
     */
    Target deny(String target, String initiator);

    /**
     * Says what an initiator sees of a target, at once and in its sessions too. A number that presents no volume yet may be
     * among it. Of several masks that fit an initiator the first counts; one that none fits sees everything.
     *
     * @param initiator as {@link #allow} takes it
     * @param luns what it sees; empty for nothing
     */
    Target mask(String target, String initiator, List<Mask.Shown> luns);

    /**
     * Takes a mask back.
     *
     * @param initiator as the mask has it
     */
    Target unmask(String target, String initiator);
}
