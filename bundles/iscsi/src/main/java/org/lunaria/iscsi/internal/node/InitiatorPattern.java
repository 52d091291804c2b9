package org.lunaria.iscsi.internal.node;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which initiators an entry of a configuration is about: {@code any}, or a name, in which {@code *} stands for any
 * characters and {@code ?} for one, or {@code @} and a network, or both: then both have to fit. Immutable.
 */
record InitiatorPattern(NamePattern name, Optional<Network> network) {
    private static final String ANY = "any";

    /** Behind an {@code @}, meant as a network, whether it is one or not: a name may hold an {@code @} too. */
    private static final Pattern MEANT_AS_NETWORK = Pattern.compile("\\d+(\\.\\d+){3}(/\\d*)?");

    /** Empty when it is none. */
    static Optional<InitiatorPattern> of(String text) {
        int at = text.lastIndexOf('@');
        String from = text.substring(at + 1);
        Optional<Network> network = at < 0 ? Optional.empty() : Network.of(from);
        if (at >= 0 && network.isEmpty() && MEANT_AS_NETWORK.matcher(from).matches()) {
            return Optional.empty();
        }
        String name = network.isPresent() ? text.substring(0, at) : text;
        boolean every = name.equals(ANY) || name.isEmpty() && network.isPresent();
        Optional<NamePattern> pattern = every
                ? Optional.of(NamePattern.EVERY)
                : IscsiName.normalize(name).map(NamePattern::of);
        return pattern.map(fitting -> new InitiatorPattern(fitting, network));
    }

    /**
     * @param initiatorName normalized, as {@link IscsiName#normalize} gives it
     * @param address that it comes from
     */
    boolean fits(String initiatorName, InetAddress address) {
        return name.fits(initiatorName)
                && network.map(from -> from.holds(address)).orElse(true);
    }
}
