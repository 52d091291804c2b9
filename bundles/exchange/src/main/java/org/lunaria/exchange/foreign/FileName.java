package org.lunaria.exchange.foreign;

/** The name of a volume from the path of what it is on. Stateless. */
final class FileName {
    private FileName() {}

    static String of(String path) {
        String last = path.replaceAll("/+$", "").replaceAll(".*/", "");
        return last.replaceAll("\\.(img|raw|bin|iso|image)$", "");
    }
}
