package org.lunaria.admin;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The volumes: stores of bytes that targets present as disks. A volume is a backend and a logical unit of the same name;
 * each has its configuration file, so a volume is complete only with both.
 */
@ProviderType
public interface Volumes {

    /**
     * Makes a volume and waits until it serves. Its serial number and its NAA identifier are drawn here, once. If a part
     * of it is refused then none of it stays, nor does a file that was made for it.
     */
    Volume create(NewVolume volume);

    /** All volumes by name, incomplete ones too. */
    List<Volume> list();

    /** One volume. */
    Volume get(String name);

    /**
     * Takes the medium of a removable volume out; initiators are told that there is none.
     *
     * @param force whether it is done though an initiator prevents the removal
     */
    Volume eject(String name, boolean force);

    /**
     * Puts a medium into a removable volume.
     *
     * @param path of another one, which stays the volume's; the medium must have been ejected before. Without it the one that
     *     was there comes back
     */
    Volume load(String name, Optional<String> path);

    /** The keys that may be set while the volume is there: those of its logical unit and of its backend. */
    List<SettingKey> keys(String name);

    /**
     * Sets keys of a volume while it serves, all of them or none. A backend begins anew for its keys; what comes meanwhile is held.
     *
     * @param settings by key, of {@link #keys}; an empty value takes the default
     */
    Volume set(String name, Map<String, String> settings);

    /**
     * Changes a volume's size while it serves; initiators are told, and what they have under way goes on. Whenever the process
     * dies, the volume has one size or the other, and never fewer bytes than initiators were told.
     *
     * @param force whether it may become smaller, which destroys what is behind the new end: only while no target maps it
     */
    Volume resize(String name, ByteSize size, boolean force);

    /**
     * Begins to move a volume to a store that is made for it, while it serves. When the store has everything it takes over by
     * itself, also after a restart of the appliance, which begins the copy anew. What the volume was in before stays.
     *
     * @param store without a size it gets the volume's
     * @param bytesPerSecond at most, or 0 for no limit
     */
    Volume migrate(String name, NewStore store, long bytesPerSecond);

    /**
     * Gives a volume a store that is there already and has the same bytes. They are compared first, while the volume serves,
     * and what is written meanwhile is written to both; where they differ the volume stays in the store that it has.
     *
     * @param unchecked whether they are not compared, and the store takes over at once
     */
    Volume swap(String name, NewStore store, boolean unchecked);

    /**
     * Ends a move that has not come to its end. A file that was made for it in the appliance's own folder is deleted; anything else
     * is left, with whatever was copied to it.
     */
    CancelledMove cancelMove(String name);

    /**
     * Removes a volume that no target maps, and ends its move as {@link #cancelMove} does.
     *
     * @param purge whether its data goes too; without it the data stays where it is. Only data in the appliance's own
     *     folder can be purged; a device never is.
     */
    DeletedVolume delete(String name, boolean purge);
}
