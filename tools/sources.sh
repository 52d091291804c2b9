# shellcheck shell=bash
# Sourced by run and verify: tells whether the archive that is there was built from the sources that are there.
: "${root:?the folder of the sources}"

# All that the build reads, as one digest.
sources_digest() {
    (cd "$root" && find pom.xml bundles features karaf-distribution etc -type d -name target -prune -o -type f -print0 \
        | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -d ' ' -f 1)
}

# What was compiled of older sources: bundles copy classes of others, and the compiler does not see when those are old.
forget_classes() {
    find "$root" -type d -path '*/target/classes' -not -path '*/.git/*' -prune -exec rm -rf {} +
    find "$root" -type d -path '*/target/test-classes' -not -path '*/.git/*' -prune -exec rm -rf {} +
}

# The built distribution, or nothing.
archive() {
    find "$root/karaf-distribution/target" -maxdepth 1 -name 'lunaria-*.tar.gz' 2>/dev/null | head -n 1
}

archive_is_current() {
    [[ -n $(archive) && $(cat "$root/karaf-distribution/target/sources.digest" 2>/dev/null) == "$1" ]]
}

mark_archive_current() {
    echo "$1" >"$root/karaf-distribution/target/sources.digest"
}
