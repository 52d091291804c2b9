# shellcheck shell=bash
# Sourced by compare, fairness and soak: gets and builds the programs that they run.
: "${root:?the folder of the sources}" "${name:?the name of the command}"
. "$root/tools/packages.sh"
. "$root/tools/sources.sh"

fail() {
    echo "$name: $*" >&2
    exit 1
}

# Runs a program of bench/driver.
drive() {
    local program=$1
    shift
    PYTHONDONTWRITEBYTECODE=1 python3 "$root/bench/driver/$program" "$@"
}

asks_for_help() {
    local argument
    for argument in "$@"; do
        [[ $argument != --help && $argument != -h ]] || return 0
    done
    return 1
}

need_load_tools() {
    need_build_tools
    need_commands python3=python3 gcc=gcc
    [[ -e /usr/include/iscsi/iscsi.h ]] || install_packages libiscsi-dev libc6-dev
}

build_archive() {
    local digest
    digest=$(sources_digest)
    ! archive_is_current "$digest" || return 0
    echo "building Lunaria" >&2
    (cd "$root" && mvn -q -B -Dstyle.color=never -DskipTests package -pl karaf-distribution -am) >&2 \
        || fail "the build failed; Maven says why above."
    mark_archive_current "$digest"
}

build_load() {
    load=$root/bench/target/load
    mkdir -p "${load%/*}"
    gcc -std=gnu11 -O2 -Wall -Wextra -Werror -o "$load" "$root"/bench/load/*.c -liscsi
}
